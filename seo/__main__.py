"""`python -m seo`: the check by itself, without a database or a server."""

from contextlib import nullcontext

from seo.cli import app
from seo.crawl import command

__all__ = ["app"]

command.register(app, lambda: nullcontext(lambda _: None))

if __name__ == "__main__":
    app(prog_name="seo")
