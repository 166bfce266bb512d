"""Referrals that wait for a person: what speaks against each, its moves so far, and the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import flashes
from console.visit import Visit
from core.paging import Key, decode_cursor, encode_cursor
from core.refusal import Refusal
from loyalty import referral_review
from loyalty.queries import balances, catalogue, passbook
from loyalty.queries import referrals as queries
from loyalty.referral_review import Verdict
from loyalty.referral_stages import MOVES, RECONSIDERED
from loyalty.tables import Program, Referral, ReferralDecision, ReferralStage
from shop import customers
from shop.tables import Customer

_ROWS = 20
_MOST_DIGITS = 9
_REJECTED = frozenset({ReferralStage.REJECTED, ReferralStage.REVERSED})


@dataclass(frozen=True, slots=True)
class Listed:
    """Referrals with who their two sides are (by membership) and what program they are of."""

    rows: Sequence[Referral]
    people: Mapping[int, Customer | None]
    programs: Mapping[int, Program]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One referral with its moves, oldest first, and what may be decided about it now."""

    listed: Listed
    moves: Sequence[ReferralDecision]

    @property
    def referral(self) -> Referral:
        """The one."""
        return self.listed.rows[0]

    @property
    def may_approve(self) -> bool:
        """Whether its stage lets it count again."""
        return self.referral.stage in RECONSIDERED

    @property
    def may_reject(self) -> bool:
        """Whether its stage lets it be rejected or taken back."""
        return bool(MOVES[self.referral.stage] & _REJECTED)


async def show(visit: Visit) -> Response:
    """What waits, oldest first."""
    after = visit.request.query_params.get("after")
    key = decode_cursor(after, (int,)) if after else None
    if after and key is None:
        raise HTTPException(400)
    return visit.page("referrals.html", listed=await visit.read(_waiting, key), after=after)


async def detail(visit: Visit) -> Response:
    """One referral, decided or not."""
    shown = await visit.read(_shown, visit.number("referral_id"))
    if shown is None:
        raise HTTPException(404)
    return visit.page("referral.html", shown=shown)


async def decide(visit: Visit) -> Response:
    """Approve or reject what was looked at; what has moved since is shown again."""
    referral_id = visit.number("referral_id")
    version = visit.field("version")
    verdict = Verdict(
        referral_id=referral_id,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < _MOST_DIGITS else 0,
        approves=visit.field("verdict") == "APPROVE",
        reason=visit.field("reason"),
        actor_id=visit.staff_id,
    )
    outcome = await visit.write(lambda session: referral_review.decide(session, verdict))
    if isinstance(outcome, Refusal):
        return visit.go(f"/referrals/{referral_id}", flashes.refused(outcome))
    said = "flash.referral.approved" if verdict.approves else "flash.referral.rejected"
    return visit.go("/referrals", flashes.done(said))


def _waiting(session: Session, after: Key | None) -> Listed:
    page = queries.flagged_page(session, first=_ROWS, after=None if after is None else (int(after[0]),))
    return _listed(session, page.items, encode_cursor(page.keys[-1]) if page.has_next else None)


def _shown(session: Session, referral_id: int) -> Shown | None:
    referral = passbook.referrals(session, [referral_id], None).get(referral_id)
    if referral is None:
        return None
    return Shown(_listed(session, [referral]), queries.decisions(session, [referral_id]).get(referral_id, []))


def _listed(session: Session, rows: Sequence[Referral], following: str | None = None) -> Listed:
    sides = [side for row in rows for side in (row.advocate_id, row.friend_id)]
    members = balances.by_ids(session, sides)
    people = customers.by_ids(session, [member.customer_id for member in members.values()])
    by_member = {number: people.get(member.customer_id) for number, member in members.items()}
    return Listed(rows, by_member, catalogue.programs(session, [row.program_id for row in rows]), following)
