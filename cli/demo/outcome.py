"""Unwraps what a room answered: the demo's files are ours, so a refusal of them is a bug."""

from typing import TypeVar

from core.refusal import Refusal

T = TypeVar("T")


def done(outcome: T | Refusal) -> T:
    """The value; raises RuntimeError for a Refusal."""
    if isinstance(outcome, Refusal):
        raise RuntimeError(f"the demo's files were refused: {outcome.code} {'.'.join(outcome.field)} {outcome.params}")
    return outcome
