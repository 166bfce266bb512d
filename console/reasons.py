"""The reasons for a rejection as a moderator chooses among them: two families, the mendable one first."""

from ugc.reasons import ReasonCode

# (key of the family's name, its codes)
FAMILIES: tuple[tuple[str, tuple[ReasonCode, ...]], ...] = (
    ("decide.reason.editable", tuple(code for code in ReasonCode if code.editable)),
    ("decide.reason.final", tuple(code for code in ReasonCode if not code.editable)),
)


def reason_of(text: str) -> ReasonCode | None:
    """The reason that a form names; None for none, or for one that does not exist."""
    return ReasonCode(text) if text in set(ReasonCode) else None
