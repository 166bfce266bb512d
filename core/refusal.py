"""An expected "no" as a value. Its sentence is a catalogue's (core.texts); a bug is an exception, never a Refusal."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from core.money import Money

Param: TypeAlias = str | int | Money | datetime


class RefusalCode(StrEnum):
    """Base of every room's codes. The room's catalogue has one sentence per member, keyed by the member's name."""


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused: a code, the path of the input field it is about, and what the sentence needs to know.

    `field` uses the client's names (camelCase), outermost first; empty when no single field is to blame.
    """

    code: RefusalCode
    field: tuple[str, ...] = ()
    params: Mapping[str, Param] = dataclasses.field(default_factory=dict)
