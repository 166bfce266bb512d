"""Settings of the check from a file: `[seo]` of fidelio.toml, else `[tool.fidelio.seo]` of pyproject.toml. The command
line wins. What each setting does is the command's own option of that name.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from core.texts import say
from seo.outputs import stop
from seo.wording import DOMAIN

_FILES = {"fidelio.toml": ("seo",), "pyproject.toml": ("tool", "fidelio", "seo")}
# the options that a file may set, each with what its value is
_KINDS: dict[str, tuple[type, ...]] = {
    "format": (str,), "output": (list,), "fail-on": (str,), "strict": (bool,), "lang": (str,), "user-agent": (str,),
    "timeout": (int, float), "render": (bool,), "browser": (str,), "in-other-names": (bool,), "baseline": (str,),
    "base-url": (str,), "reviews": (str,), "concurrency": (int,), "delay": (int, float), "max-pages": (int,),
    "max-seconds": (int, float), "processes": (int,), "surroundings": (bool,), "state": (str,),
}  # fmt: skip
SETTINGS = tuple(_KINDS)


@dataclass(frozen=True, slots=True)
class UnknownSetting:
    """A key that no command has, or one with a value of the wrong kind."""

    path: Path
    key: str


def load(path: Path | None, *, folder: Path) -> Mapping[str, object] | UnknownSetting:
    """The settings of the named file, else of the first in the folder that has any; none when there is no such file.

    OSError and tomllib.TOMLDecodeError when it cannot be read.
    """
    candidates = [path] if path else [folder / name for name in _FILES if (folder / name).is_file()]
    for candidate in candidates:
        settings = _table(candidate)
        for key, value in settings.items():
            if key not in _KINDS or not _fits(value, _KINDS[key]):
                return UnknownSetting(candidate, key)
        if settings:
            return settings
    return {}


def _table(path: Path) -> Mapping[str, Any]:
    table: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    for name in _FILES.get(path.name, ("seo",)):
        table = table.get(name, {}) if isinstance(table, dict) else {}
    return table if isinstance(table, dict) else {}


def _fits(value: object, kinds: tuple[type, ...]) -> bool:
    # a bool is an int to Python, but no number of seconds
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _as_defaults(context: typer.Context, path: Path | None) -> Path | None:
    """Make a file's settings the defaults of the command that is being read."""
    named = {option.lstrip("-"): parameter.name for parameter in context.command.params for option in parameter.opts}
    try:
        settings = load(path, folder=Path.cwd())
    except (OSError, ValueError) as error:
        stop(say(DOMAIN, "report.not_read", "en", path=str(path or Path.cwd()), why=str(error)))
        return path
    if isinstance(settings, UnknownSetting):
        known = ", ".join(SETTINGS)
        stop(say(DOMAIN, "report.unknown_setting", "en", path=str(settings.path), name=settings.key, known=known))
        return path
    # a setting of the crawl means nothing to a check of one page
    context.default_map = {str(named[key]): value for key, value in settings.items() if key in named}
    return path


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        callback=_as_defaults,
        is_eager=True,
        help="Settings; else fidelio.toml or pyproject.toml of this folder.",
    ),
]
