"""Gather what screens must know beside the words. Judging it is each screen's."""

from dataclasses import dataclass

from sqlmodel import Session

from ugc.queries import screening as queries
from ugc.queries.screening import Witness
from ugc.screening.screen import Circumstances, Copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The review that is being written: its product, the product's family, its author, and whether they bought it."""

    review_id: int
    product_id: int
    family_id: int | None
    author_key: str | None
    has_bought: bool = False

    def compared(self, witness: Witness) -> Copy:
        """What another review of the same words is to this one."""
        return Copy(
            review_id=witness.review_id,
            same_author=self.author_key is not None and witness.author_key == self.author_key,
            same_product=witness.product_id == self.product_id,
            same_family=self.family_id is not None and witness.family_id == self.family_id,
        )


def around(session: Session, subject: Subject, *, body_hash: str) -> Circumstances:
    """The circumstances of the subject's words. At most two statements."""
    key = subject.author_key
    witnesses = queries.witnesses(session, body_hash, aside=subject.review_id, author_key=key) if body_hash else []
    return Circumstances(
        has_bought=subject.has_bought,
        published_before=queries.published_by(session, key) if key else 0,
        copies=tuple(map(subject.compared, witnesses)),
    )
