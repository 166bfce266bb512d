"""What is told outside of programs themselves: where they stand."""

from dataclasses import dataclass

from publishing.outward.declaring import EventData, PublicId, node, told

_PROGRAM = "The program."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramPublishedEvent(EventData):
    """A program has become everybody's to join."""

    program_id: PublicId = node("Program", _PROGRAM)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramClosingEvent(EventData):
    """A program closes: nobody joins or earns any more, and its points end."""

    program_id: PublicId = node("Program", _PROGRAM)
    last_day: str = told("The last day on which points can be spent, as in 2026-03-02, in the program's zone.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChangedEvent(EventData):
    """A program's terms have another version; members keep theirs until they accept it."""

    program_id: PublicId = node("Program", _PROGRAM)
    terms_version: str = told("What the terms are called now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramClosedEvent(EventData):
    """The last day of a closing program has passed."""

    program_id: PublicId = node("Program", _PROGRAM)
