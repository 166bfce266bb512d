"""What the rendering process is asked, and its answers: JSON on its standard input, JSON lines in a file. Who acts on
them is child.py; who reads them, __init__.py.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from seo.rendering.snapshot import Views

# a lower window than this would leave unseen what Google's renderer, which grows to the page's height, sees
TALL_PIXELS = 12_000
PHONE_PIXELS = (412, 915)


@dataclass(frozen=True, slots=True)
class Job:
    """One page to be rendered.

    - `allow_private` as in core.fetching; a list of "host:port" in place of the set.
    - `robots`: robots.txt by origin; with `as_googlebot` what they disallow is not loaded.
    - `interact`: after the first pass wait `patience_seconds`, scroll and click.
    - `seconds` are for all of it, `grace_seconds` for starting the browser and closing it.
    """

    url: str
    browser: str
    user_agent: str = ""
    allow_private: bool | list[str] = False
    robots: dict[str, str] = field(default_factory=dict)
    as_googlebot: bool = False
    interact: bool = True
    seconds: float = 45.0
    grace_seconds: float = 15.0
    settle_seconds: float = 6.0
    patience_seconds: float = 5.0
    most_requests: int = 1000
    most_bytes: int = 60_000_000

    def written(self) -> bytes:
        """As the process reads it."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, written: bytes) -> "Job":
        """The job that `written` says."""
        return cls(**json.loads(written))


@dataclass(frozen=True, slots=True)
class DocumentTaken:
    """One document of a step: `chain` is the way of frame addresses to it, empty for the page itself."""

    url: str
    chain: tuple[str, ...]
    views: Views


@dataclass(frozen=True, slots=True)
class Trigger:
    """What was done before a step: `load`, `wait`, `scroll` or `click`, and for a click the control and its href."""

    how: str
    label: str = ""
    path: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The page after something was done."""

    trigger: Trigger
    documents: tuple[DocumentTaken, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer that the browser got: its status (0: none came), and its body where it may carry text."""

    url: str
    method: str
    kind: str
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    failure: str = ""
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """How it ended: hosts that were refused with why, what was used, whether a bound cut it, errors of the page."""

    refused: dict[str, str]
    requests: int
    relayed_bytes: int
    is_cut: bool
    problems: tuple[str, ...]
    failure: str = ""
    detail: str = ""


Line = Step | Exchange | End


def append(path: Path, line: Line) -> None:
    """Write one answer; a process that is killed leaves the lines before."""
    with path.open("a", encoding="utf-8") as file:
        # halves of surrogate pairs, which scripts can make, are no UTF-8
        text = json.dumps({type(line).__name__: asdict(line)})
        file.write(text + "\n")


def answers(path: Path) -> list[Line]:
    """The whole lines that the process wrote."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return [_line(json.loads(text)) for text in file if text.endswith("\n")]


def _line(told: dict[str, dict[str, Any]]) -> Line:
    ((name, fields),) = told.items()
    if name == "Step":
        taken = [
            DocumentTaken(each["url"], tuple(each["chain"]), Views(**each["views"])) for each in fields["documents"]
        ]
        return Step(Trigger(**fields["trigger"]), tuple(taken))
    if name == "Exchange":
        return Exchange(**{**fields, "headers": tuple((key, value) for key, value in fields["headers"])})
    return End(**{**fields, "problems": tuple(fields["problems"])})
