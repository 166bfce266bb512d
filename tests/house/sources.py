"""The project's own source, parsed once, and what a rule of the house reports about it."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

ROOMS = ("core", "shop", "ugc", "loyalty", "crm", "seo", "publishing")
DOORS = ("api", "console", "worker", "cli")
PRODUCT = ROOMS + DOORS
# what is ours but ships in no wheel, or is data
BESIDE = ("migrations", "locales", "examples", "benchmarks", "tests", "tools")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path from the root ("ugc/reviews.py"), its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, path: str, text: str) -> "Module":
        """Parse `text` as the file at `path`."""
        return cls(path, text, ast.parse(text, path))

    @property
    def package(self) -> str:
        """The top-level folder."""
        return self.path.partition("/")[0]

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders from the root to the file."""
        return tuple(self.path.split("/")[:-1])

    @property
    def stem(self) -> str:
        """The file's name without `.py`."""
        return self.path.rpartition("/")[2].removesuffix(".py")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a rule is broken, and what to do about it."""

    path: str
    line: int
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.remedy}"


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name, in full: `from core import db` is "core.db"."""

    name: str
    line: int

    def is_in(self, *packages: str) -> bool:
        """Whether the name is one of these packages or modules, or below one."""
        return any(self.name == package or self.name.startswith(f"{package}.") for package in packages)


def modules(*folders: str) -> list[Module]:
    """Every Python file below these folders of the root; a folder that does not exist yet has none."""
    return [module for folder in folders for module in _below(folder)]


@cache
def _below(folder: str) -> tuple[Module, ...]:
    paths = sorted((ROOT / folder).rglob("*.py"))
    return tuple(Module.of(path.relative_to(ROOT).as_posix(), path.read_text()) for path in paths)


def imports(module: Module) -> Iterator[Import]:
    """Every import of a file, wherever in it, those for type checking included."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            yield from (Import(f"{base}.{alias.name}", node.lineno) for alias in node.names)


def _base(module: Module, node: ast.ImportFrom) -> str:
    if node.level == 0:
        return node.module or ""
    # a package's __init__ stands in its own folder, so one dot means the same for it as for its modules
    above = module.folders[: len(module.folders) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def attributes(module: Module) -> Iterator[tuple[str, int]]:
    """Every dotted name that is read or called, as written (`session.commit`), with its line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node), node.lineno


def assert_none(faults: Iterable[Fault]) -> None:
    """Fail with one line per fault."""
    lines = [str(fault) for fault in faults]
    assert not lines, "\n" + "\n".join(lines)
