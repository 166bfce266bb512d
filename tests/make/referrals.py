"""A member with a code, and a friend who has joined and not ordered; ids come back, as from the room itself."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import memberships, orders, referral_nightly, referral_review, referral_terms, referrals
from loyalty.drafts import RuleDraft
from loyalty.memberships import JoinDraft
from loyalty.referral_review import Verdict
from loyalty.referral_terms import TermsDraft
from loyalty.referral_traces import NOTHING, Shown
from loyalty.tables import Membership, Referral, ReferralStage
from tests.make import loyalty as make
from tests.make import shop


class Pair:
    """Ana has the code, Ben is new. `terms` are the program's."""

    def __init__(
        self,
        session: Session,
        *,
        rule: RuleDraft = make.A_FRIEND,
        emails: tuple[str, str] | None = None,
        shown: Shown = NOTHING,
        **terms: Any,  # noqa: ANN401 - TermsDraft's fields
    ) -> None:
        self.session = session
        self.program_id = make.program(session, make.program_draft(replace(rule)))
        shop.accepted(referral_terms.change(session, self.program_id, TermsDraft(**terms)))
        self.ana, self.ben = (
            self.member(name, email) for name, email in zip(("ana", "ben"), emails or (None, None), strict=True)
        )
        self.code = self.code_of(self.ana, shown)

    def member(self, name: str, email: str | None = None) -> int:
        """A member of the program."""
        customer_id = shop.customer(self.session, name, email=email)
        return shop.accepted(memberships.join(self.session, JoinDraft(self.program_id, customer_id, "1", "TEST")))

    def code_of(self, member: int, shown: Shown = NOTHING) -> str:
        """The member's code."""
        customer_id = self.customer(member)
        return shop.accepted(
            referrals.create_code(self.session, customer_id=customer_id, program_id=self.program_id, shown=shown)
        )

    def customer(self, member: int) -> int:
        """Who the member is."""
        return self.session.get_one(Membership, member).customer_id

    def accept(self, *, member: int | None = None, shown: Shown = NOTHING) -> int | Refusal:
        """Ben, or another, accepts Ana's code."""
        customer_id = self.customer(member or self.ben)
        return referrals.accept(self.session, customer_id=customer_id, code=self.code, shown=shown)

    def referral(self, referral_id: int) -> Referral:
        """As the database has it."""
        self.session.flush()
        self.session.expire_all()
        return self.session.get_one(Referral, referral_id)

    def stage(self, referral_id: int) -> ReferralStage:
        """Where it stands."""
        return self.referral(referral_id).stage

    def decide(self, referral_id: int, *, approves: bool, version: int | None = None, reason: str = "Looked") -> object:
        """What staff say of it, as it stands."""
        version = version or self.referral(referral_id).version
        verdict = Verdict(referral_id=referral_id, version=version, approves=approves, reason=reason, actor_id=7)
        return referral_review.decide(self.session, verdict)

    def night(self) -> None:
        """The night's step, over all that is due."""
        for referral_id in referral_nightly.due(self.session, after=0, limit=100):
            referral_nightly.run(self.session, referral_id)

    def resettle(self, order_id: int) -> None:
        """The reaction to an order, once more."""
        orders.settle(self.session, order_id, at=clock.now())
