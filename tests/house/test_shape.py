"""The shape of files: a first line that says what lives there, a noun for a name, a size one can know."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator

import pytest

from tests.house.sources import BESIDE, PRODUCT, ROOT, Fault, Module, assert_none, modules

Rule = Callable[[Module], Iterator[Fault]]

MOST_LINES = 350
_NAMELESS = frozenset({"util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff", "lib"})
_EMPTY_WORDS = re.compile(r"^\W*(the )?\w+ (module|package|file)\W*$", re.IGNORECASE)
# written so that this file does not meet its own rule
_LEFT_FOR_LATER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
_TEXT_FILES = ("*.py", "*.html", "*.css", "*.js", "*.toml", "*.po", "*.mako")


def silent_first_lines(module: Module) -> Iterator[Fault]:
    """Files whose first line does not say what lives there."""
    said = ast.get_docstring(module.tree, clean=False)
    if said is None:
        yield Fault(module.path, 1, "starts without a docstring; say what lives here and what does not")
    elif not said.partition("\n")[0].strip() or _EMPTY_WORDS.match(said.partition("\n")[0]):
        yield Fault(module.path, 1, f"says nothing in its first line ({said[:40]!r})")


def long_files(module: Module) -> Iterator[Fault]:
    """Files that must be scrolled to be known."""
    count = module.text.count("\n")
    if count > MOST_LINES:
        yield Fault(module.path, MOST_LINES, f"has {count} lines, over {MOST_LINES}; look for the noun that wants out")


def nameless_files(module: Module) -> Iterator[Fault]:
    """Files and folders named for nothing."""
    for name in (*module.folders, module.stem):
        if name in _NAMELESS:
            yield Fault(module.path, 1, f"is called {name}; name it for the thing in it (escaping, paging)")


RULES: list[Rule] = [silent_first_lines, long_files, nameless_files]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_there_are_no(rule: Rule) -> None:
    everything = modules(*PRODUCT, *(folder for folder in BESIDE if folder != "migrations"))
    assert_none(fault for module in everything for fault in rule(module))


def test_nothing_is_left_for_later() -> None:
    assert_none(
        Fault(path.relative_to(ROOT).as_posix(), number, "leaves work for later; do it, or open an issue")
        for folder in (*PRODUCT, *BESIDE)
        for pattern in _TEXT_FILES
        for path in sorted((ROOT / folder).rglob(pattern))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if _LEFT_FOR_LATER.search(line)
    )


def test_the_wheel_has_every_package_of_the_product() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    there = {folder for folder in (*PRODUCT, "locales", "migrations") if any((ROOT / folder).rglob("*.py"))}
    # hatchling leaves out what is not named, without a word
    assert there <= set(built["packages"])


def test_every_python_folder_is_known_to_the_house() -> None:
    found = {path.parent.name for path in ROOT.glob("*/*.py") if not path.parent.name.startswith(".")}
    assert found <= set(PRODUCT + BESIDE)


@pytest.mark.parametrize(
    "rule, path, text",
    [
        (silent_first_lines, "ugc/reviews.py", "import os\n"),
        (silent_first_lines, "ugc/reviews.py", '"""Reviews module."""\n'),
        (silent_first_lines, "ugc/reviews.py", '"""\nLate."""\n'),
        (long_files, "ugc/reviews.py", "\n" * (MOST_LINES + 1)),
        (nameless_files, "ugc/utils.py", ""),
        (nameless_files, "ugc/helpers/paging.py", ""),
    ],
)
def test_a_misshapen_file_is_found(rule: Rule, path: str, text: str) -> None:
    assert len(list(rule(Module.of(path, text)))) == 1
