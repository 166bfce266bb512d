"""Cut a release: `python3 tools/release.py 0.2.0` dates CHANGELOG, sets the version and freezes the contract.

Runs on a bare Python. It writes three files and commits nothing: look at the difference, then commit and tag it.
"""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNRELEASED = "## Unreleased"
NOTHING = f"{UNRELEASED}\n\nNothing yet.\n"


def main(version: str) -> None:
    """Write the release."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        sys.exit("Give the version as three numbers: 0.2.0.")
    changed = released(read("CHANGELOG.md"), version, day=f"{datetime.now(UTC):%Y-%m-%d}")
    write("CHANGELOG.md", changed)
    write("pyproject.toml", re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', read("pyproject.toml"), count=1))
    write("schema.released.graphql", frozen(read("schema.graphql"), version))


def released(changelog: str, version: str, *, day: str) -> str:
    """The changelog with what was unreleased under a heading of its own. Stops where there is nothing to release."""
    if f"## {version} " in changelog:
        sys.exit(f"CHANGELOG.md has a release {version}.")
    if UNRELEASED not in changelog or NOTHING in changelog:
        sys.exit("CHANGELOG.md has nothing under Unreleased.")
    return changelog.replace(UNRELEASED, f"{NOTHING}\n## {version} - {day}", 1)


def frozen(contract: str, version: str) -> str:
    """The contract of a release: its name in the first line, then schema.graphql as it was."""
    return f"# The contract of release {version}. Only `make release` writes this file.\n{contract}"


def read(name: str) -> str:
    """A file of the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def write(name: str, text: str) -> None:
    """Replace a file of the root."""
    (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
