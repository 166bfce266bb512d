"""Copy GraphiQL's files from npm into var/graphiql/, for development mode. Not ours, so never committed.

Where npm is missing or does not get through, one line says so and the API's page falls back on its CDN.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "var" / "graphiql"
PATIENCE_SECONDS = 60

# package@version, the file in it, and the digest that Strawberry's own page asks of the same file on its CDN
FILES = (
    (
        "react@18.2.0",
        "umd/react.production.min.js",
        "tMH8h3BGESGckSAVGZ82T9n90ztNXxvdwvdM6UoR56cYcf+0iGXBliJ29D+wZ/x8",
    ),
    (
        "react-dom@18.2.0",
        "umd/react-dom.production.min.js",
        "bm7MnzvK++ykSwVJ2tynSE5TRdN+xL418osEVF2DE/L/gfWHj91J2Sphe582B1Bh",
    ),
    (
        "graphiql@3.8.3",
        "graphiql.min.js",
        "HbRVEFG0JGJZeAHCJ9Xm2+tpknBQ7QZmNlO/DgZtkZ0aJSypT96YYGRNod99l9Ie",
    ),
    (
        "graphiql@3.8.3",
        "graphiql.min.css",
        "Mq3vbRBY71jfjQAt/DcjxUIYY33ksal4cgdRt9U/hNPvHBCaT2JfJ/PTRiPKf0aM",
    ),
)


def main() -> None:
    """Fetch once: the stamp is left in either case, so that a start without npm asks only once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        fetch(FOLDER)
    except (OSError, subprocess.SubprocessError, tarfile.TarError, LookupError, ValueError) as reason:
        print(
            f"GraphiQL will load from its CDN ({describe(reason)}). Remove var/graphiql/ to try npm again.",
            file=sys.stderr,
        )
    (FOLDER / "ready").touch()


def fetch(folder: Path) -> None:
    """Put every file into `folder`, or none."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not installed")
    with tempfile.TemporaryDirectory() as scratch:
        names = list(dict.fromkeys(package for package, _, _ in FILES))
        pack = [npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", scratch, *names]
        subprocess.run(pack, check=True, capture_output=True, timeout=PATIENCE_SECONDS, cwd=scratch)
        contents = {Path(file[1]).name: content_of(Path(scratch), *file) for file in FILES}
    for name, content in contents.items():
        (folder / name).write_bytes(content)


def content_of(scratch: Path, package: str, path: str, sha384: str) -> bytes:
    """One file out of a fetched package, checked against its digest."""
    with tarfile.open(scratch / f"{package.replace('@', '-')}.tgz") as archive:
        member = archive.extractfile(f"package/{path}")
        if member is None:
            raise LookupError(f"{package} has no {path}")
        content = member.read()
    if base64.b64encode(hashlib.sha384(content).digest()).decode() != sha384:
        raise ValueError(f"{package} {path} is not the file expected")
    return content


def describe(reason: Exception) -> str:
    """The reason in a few words; npm's own pages of output are left out."""
    if isinstance(reason, subprocess.SubprocessError):
        return "npm did not get through"
    return str(reason)


if __name__ == "__main__":
    main()
