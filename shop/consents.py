"""What a customer agreed to, when and where it was said. Asking for it is the doors'."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import ids
from core.refusal import Refusal
from shop import validation
from shop.queries import customers as queries
from shop.tables import Consent

MAX_PURPOSE = 60
MAX_SOURCE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDraft:
    """That a customer agreed to (`granted`) or withdrew from a purpose; `source` says where (a form, the till)."""

    purpose: str
    granted: bool
    source: str
    at: datetime

    def refusal(self, path: tuple[str, ...]) -> Refusal | None:
        """What is wrong with it."""
        return validation.first(
            validation.text(self.purpose, (*path, "purpose"), maximum=MAX_PURPOSE),
            validation.text(self.source, (*path, "source"), maximum=MAX_SOURCE),
            validation.past(self.at, (*path, "at")),
        )


def note(session: Session, customer_id: int, draft: ConsentDraft) -> None:
    """Keep a consent or its withdrawal; told twice, kept once. Nothing is overwritten: the history is the proof."""
    told = (draft.purpose, draft.granted, draft.source, draft.at)
    known = queries.consents_of(session, [customer_id])
    if told not in {(row.purpose, row.granted, row.source, row.at) for row in known}:
        session.add(
            Consent(
                id=ids.new_id(),
                customer_id=customer_id,
                purpose=draft.purpose,
                granted=draft.granted,
                source=draft.source,
                at=draft.at,
            )
        )
        session.flush()


def current_of(session: Session, customer_ids: Sequence[int]) -> dict[int, list[Consent]]:
    """The newest word on each purpose, by customer, in the order of the purposes' names. One statement."""
    newest = {(row.customer_id, row.purpose): row for row in queries.consents_of(session, customer_ids)}
    found: dict[int, list[Consent]] = defaultdict(list)
    for customer_id, purpose in sorted(newest):
        found[customer_id].append(newest[customer_id, purpose])
    return found
