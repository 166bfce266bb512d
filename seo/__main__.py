"""`python -m seo`: the check by itself, without a database or a server."""

from seo.cli import app

if __name__ == "__main__":
    app(prog_name="seo")
