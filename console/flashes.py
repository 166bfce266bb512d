"""What happened, told once on the next page: a signed cookie with a text's key and params, never a sentence."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from core import clock, signatures
from core.refusal import Refusal
from core.texts import refusal_domain

LIFE = timedelta(minutes=2)
_PURPOSE = "console flash"


class Tone(StrEnum):
    """How a message is dressed."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Flash:
    """A message by its catalogue, key and params.

    After a decision, `review_id` and `version` are what its undo needs; otherwise they are 0.
    """

    tone: Tone
    domain: str
    key: str
    params: dict[str, str | int] = field(default_factory=dict)
    review_id: int = 0
    version: int = 0


def done(key: str, *, review_id: int = 0, version: int = 0) -> Flash:
    """A success, in the console's own words."""
    return Flash(Tone.DONE, "console", key, review_id=review_id, version=version)


def told(key: str) -> Flash:
    """Why nothing was done, in the console's own words."""
    return Flash(Tone.REFUSED, "console", key)


def refused(refusal: Refusal) -> Flash:
    """A room's refusal, in the room's words."""
    return Flash(Tone.REFUSED, refusal_domain(refusal), refusal.code.name, _portable(refusal))


def pack(secret: bytes, flash: Flash) -> str:
    """The cookie's value."""
    fields = [flash.tone.value, flash.domain, flash.key, json.dumps(flash.params), flash.review_id, flash.version]
    return signatures.sign(secret, _PURPOSE, fields, expires_at=clock.now() + LIFE)


def unpack(secret: bytes, value: str) -> Flash | None:
    """The message, unless the value is not ours or too old."""
    match signatures.verify(secret, _PURPOSE, value):
        case (str(tone), str(domain), str(key), str(params), int(review_id), int(version)):
            return Flash(Tone(tone), domain, key, json.loads(params), review_id, version)
    return None


def _portable(refusal: Refusal) -> dict[str, str | int]:
    # money and instants do not travel in a cookie; the console's acts are refused with words and numbers alone
    return {name: value for name, value in refusal.params.items() if isinstance(value, str | int)}
