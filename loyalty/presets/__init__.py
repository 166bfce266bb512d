"""Programs ready to run, a TOML file each. Here is their list and how a file is read; creating one is programs'.

A file says whose published mechanics it is modelled on, where they were read, and which of its numbers are not from a
source: `illustrative`. A preset's shown name is its mechanics. None is affiliated with whom it is modelled on.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict

from core.refusal import Refusal
from loyalty.drafts import ProgramDraft
from loyalty.refusals import LoyaltyRefusal

_FILES = Path(__file__).parent
_DEFAULT_LOCALE = "en"
# what a merchant edits before a program is created, by the names of the drafts
NUMBERS = (
    "points",
    "per_minor",
    "friend_points",
    "min_order_minor",
    "member_limit",
    "threshold",
    "multiplier_basis_points",
    "cost",
    "amount_minor",
    "percent",
    "stock",
)

# by language; English is always there
Words: TypeAlias = Mapping[str, str]


class Illustrative(BaseModel):
    """A setting that no source gives: `setting` is its path in `program`, `*` all of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    setting: str
    why: Words


class Preset(BaseModel):
    """One file. `sources` is empty where none was found: then it has no date either, and everything is illustrative."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    title: Words
    mechanics: Words
    modelled_on: str
    as_published: str | None = None
    sources: tuple[str, ...] = ()
    illustrative: tuple[Illustrative, ...] = ()
    program: ProgramDraft

    @property
    def is_illustrative(self) -> bool:
        """Whether no number of it has a source."""
        return not self.sources


def said(words: Words, locale: str) -> str:
    """In the reader's language, else in English."""
    return words.get(locale.partition("-")[0].partition("_")[0], words[_DEFAULT_LOCALE])


@cache
def presets() -> tuple[Preset, ...]:
    """All of them, by key."""
    return tuple(_read(path) for path in sorted(_FILES.glob("*.toml")))


def find(key: str) -> Preset | None:
    """The preset of that key."""
    return next((preset for preset in presets() if preset.key == key), None)


def draft(key: str, own: Mapping[str, object]) -> ProgramDraft | Refusal:
    """The preset's program with `own` settings instead of the preset's: a field, or the path of a part's field.

    Refuses PRESET_NOT_FOUND.
    """
    found = find(key)
    if found is None:
        return Refusal(LoyaltyRefusal.PRESET_NOT_FOUND, ("preset",))
    program = replace(found.program, preset=key)
    for setting, value in own.items():
        if value is not None:
            program = _with(program, setting.split("."), value)
    return program


def numbers(preset: Preset) -> Mapping[str, int]:
    """The NUMBERS that its rules, tiers and rewards set, by their paths: `rules.0.points`."""
    parts = {name: getattr(preset.program, name) for name in ("rules", "tiers", "rewards")}
    return {
        f"{name}.{index}.{number}": getattr(draft_, number)
        for name, drafts in parts.items()
        for index, draft_ in enumerate(drafts)
        for number in NUMBERS
        if getattr(draft_, number, None) not in (None, 0)
    }


def _with(held: Any, path: Sequence[str], value: object) -> Any:  # noqa: ANN401 - a draft, or a tuple of drafts
    if not path:
        return value
    step, *rest = path
    if isinstance(held, tuple):
        index = int(step)
        return (*held[:index], _with(held[index], rest, value), *held[index + 1 :])
    return replace(held, **{step: _with(getattr(held, step), rest, value)})


def _read(path: Path) -> Preset:
    key = path.stem.replace("_", "-")
    content = tomllib.loads(path.read_text("utf-8"))
    program = {"handle": key, "terms_version": "1", **content.pop("program")}
    return Preset.model_validate({"key": key, **content, "program": program})
