"""What the pages for people name is there: files, modules, `make` targets and `fidelio` commands with their options."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.main import build
from tests.house.sources import BESIDE, PRODUCT, ROOT, Fault, assert_none

PAGES = ("README.md", "CONTRIBUTING.md", "benchmarks/README.md", "docs/**/*.md", "examples/**/README.md")

_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PLACEHOLDER = re.compile(r"<[^>]+>")
_FILE = re.compile(r"[\w.*/-]+\.(py|md|toml|in|lock|po|graphql|jsonl|html|css|txt)")
_FOLDER = re.compile(r"[\w.*/-]+/")
_DOTTED = re.compile(r"[a-z_]+(\.\w+)+")
_TARGET = re.compile(r"\bmake ([a-z]+)")
_COMMAND = re.compile(r"\bfidelio [a-z][^|;&)`]*")
_OPTION = re.compile(r"(?<!\S)--[a-z-]+")
# made on the reader's machine
_MADE = (".venv", "var/")
_PROMISE = re.compile(r"\b(compliant|guaranteed|guarantees?|garanti(e|r|s|t)?|conformité)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its path from the root and its text."""

    path: str
    text: str

    def named(self) -> Iterator[tuple[str, int]]:
        """What stands in backticks outside the blocks of code, with its line."""
        # a block becomes as many empty lines, so that the lines after it keep their numbers
        plain = _FENCE.sub(lambda block: "\n" * block[0].count("\n"), self.text)
        for found in _SPAN.finditer(plain):
            yield found[1], self._line(found.start(), plain)

    def code(self) -> Iterator[tuple[str, int]]:
        """Every span and every line of a block."""
        yield from self.named()
        for block in _FENCE.finditer(self.text):
            first = self._line(block.start(), self.text)
            for number, line in enumerate(block[0].splitlines()[1:-1], start=first + 1):
                yield line, number

    def links(self) -> Iterator[tuple[str, int]]:
        """Every link to another page or picture of this repository."""
        for found in _LINK.finditer(self.text):
            if not found[1].startswith(("http:", "https:", "#")):
                yield found[1].partition("#")[0], self._line(found.start(), self.text)

    @staticmethod
    def _line(offset: int, text: str) -> int:
        return text.count("\n", 0, offset) + 1


def pages() -> list[Page]:
    """Every page for people."""
    found = sorted(path for pattern in PAGES for path in ROOT.glob(pattern))
    return [Page(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in found]


def missing_files(page: Page) -> Iterator[Fault]:
    """Paths and links that lead nowhere. `<name>` and `*` stand for anything; a bare name may stand in any folder."""
    for name, line in page.named():
        pattern = _PLACEHOLDER.sub("*", name)
        if _is_path(pattern) and not _exists(pattern, page):
            yield Fault(page.path, line, f"names {name}, which is not there")
    for target, line in page.links():
        if not (ROOT / page.path).parent.joinpath(target).exists():
            yield Fault(page.path, line, f"links to {target}, which is not there")


def missing_modules(page: Page) -> Iterator[Fault]:
    """Dotted names of ours (`core.rounding.mean_tenths`) whose module is not there, or does not have the name."""
    for name, line in page.named():
        ours = _DOTTED.fullmatch(name) and name.partition(".")[0] in PRODUCT + BESIDE
        if ours and not _FILE.fullmatch(name) and not _has(name):
            yield Fault(page.path, line, f"names {name}, which no module has")


def missing_targets(page: Page) -> Iterator[Fault]:
    """`make` targets that the Makefile does not have."""
    for text, line in page.code():
        for found in _TARGET.finditer(text):
            if found[1] not in _targets():
                yield Fault(page.path, line, f"says make {found[1]}, which the Makefile does not have")


def missing_commands(page: Page) -> Iterator[Fault]:
    """Commands, and options of them, that `fidelio` does not have."""
    for text, line in page.code():
        for found in _COMMAND.finditer(text):
            yield from (Fault(page.path, line, fault) for fault in _unknown(found[0].split()[1:]))


Rule = Callable[[Page], Iterator[Fault]]
RULES: list[Rule] = [missing_files, missing_modules, missing_targets, missing_commands]


def _is_path(name: str) -> bool:
    return bool(_FILE.fullmatch(name) or _FOLDER.fullmatch(name) or _in_a_folder_of_ours(name))


def _in_a_folder_of_ours(name: str) -> bool:
    first, slash, _ = name.partition("/")
    return bool(slash) and first in (*PRODUCT, *BESIDE, "docs") and " " not in name


def _exists(pattern: str, page: Page) -> bool:
    if pattern.startswith(_MADE):
        return True
    beside = (ROOT / page.path).parent
    anywhere = [] if "/" in pattern.rstrip("/") else [f"**/{pattern}"]
    places = [(ROOT, pattern), (beside, pattern), *((ROOT, found) for found in anywhere)]
    return any(any(_ours(path) for path in place.glob(found.rstrip("/"))) for place, found in places)


def _ours(path: Path) -> bool:
    return not path.relative_to(ROOT).as_posix().startswith(_MADE)


def _has(name: str) -> bool:
    """Whether the dotted name is a module, or the last part a name that the module of the others gives."""
    parts = name.split(".")
    if _module(parts) is not None:
        return True
    module = _module(parts[:-1])
    return (
        module is not None and re.search(rf"^(def |class |async def )?{parts[-1]}\b", module, re.MULTILINE) is not None
    )


def _module(parts: list[str]) -> str | None:
    path = ROOT.joinpath(*parts)
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), None)


@cache
def _targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@cache
def _commands() -> dict[tuple[str, ...], frozenset[str]]:
    """Every group and command by the words that name it, with its options."""
    return dict(_below((), typer.main.get_group(build(""))))


def _below(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:  # noqa: ANN401 - the click that typer carries
    options = (option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts))
    yield words, frozenset(options)
    for name, narrower in getattr(command, "commands", {}).items():
        yield from _below((*words, name), narrower)


def _unknown(typed: list[str]) -> Iterator[str]:
    """What of a command line behind `fidelio` does not exist: the command, or an option of the one that was found."""
    known = _commands()
    words: tuple[str, ...] = ()
    for word in typed:
        if not any(len(name) > len(words) and name[: len(words)] == words for name in known):
            break
        words = (*words, word)
        if words not in known:
            yield f"says fidelio {' '.join(words)}, which is no command"
            return
    for option in _OPTION.findall(" ".join(typed)):
        if option not in known[words]:
            yield f"says fidelio {' '.join(words)} {option}, which is no option of it"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_there_are_no(rule: Rule) -> None:
    assert_none(fault for page in pages() for fault in rule(page))


def test_no_page_promises_what_nobody_can() -> None:
    assert_none(
        Fault(page.path, number, f"says {found[0]!r}; say what is done, and where law is touched name the article")
        for page in [*pages(), *_catalogues()]
        for number, line in enumerate(page.text.splitlines(), start=1)
        if (found := _PROMISE.search(line))
    )


def _catalogues() -> list[Page]:
    found = sorted((ROOT / "locales").rglob("*.po"))
    return [Page(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in found]


@pytest.mark.parametrize(
    "rule, text",
    [
        (missing_files, "Read `docs/no-such-page.md`."),
        (missing_files, "See `ugc/screening/<name>.toml`."),
        (missing_files, "All of it is in `no_such_file.py`."),
        (missing_files, "[the tour](docs/detour.md)"),
        (missing_modules, "`core.rounding.mean_hundredths` makes it."),
        (missing_targets, "```\nmake coffee\n```"),
        (missing_commands, "`fidelio brew`"),
        (missing_commands, "```\n.venv/bin/fidelio seo boil URL\n```"),
        (missing_commands, "`fidelio import reviews FILE --wet-run`"),
    ],
)
def test_what_is_not_there_is_found(rule: Rule, text: str) -> None:
    assert len(list(rule(Page("README.md", text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "`ugc/screening/<name>.py`, `locales/*/ugc.po`, `queries/`, `submit_review.py`, [the tour](docs/tour.md#start)",
        "`core.rounding.mean_tenths`, `core.hot`, `/graphql`, `.venv/bin/fidelio`, `product(handle) { name }`",
        "```\nmake serve PORT=8123\nmake test\n```",
        "```\nKEY=$(.venv/bin/fidelio demo keys --storefront us)\n```",
    ],
)
def test_what_is_there_is_left_alone(text: str) -> None:
    assert [fault for rule in RULES for fault in rule(Page("README.md", text))] == []


def test_no_page_holds_both_sides_of_a_merge() -> None:
    for pattern in (*PAGES, "CHANGELOG.md"):
        for path in ROOT.glob(pattern):
            lines = path.read_text("utf-8").splitlines()
            assert not [line for line in lines if line.startswith(("<<<<<<< ", ">>>>>>> "))], path
