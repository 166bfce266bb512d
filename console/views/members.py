"""Members for those who may read them: whom to look up, what they hold and why, and points given or taken by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import flashes
from console.visit import Visit
from core.paging import Key, Page, decode_cursor, encode_cursor
from core.refusal import Refusal
from loyalty import adjustments
from loyalty.adjustments import AdjustmentDraft
from loyalty.explanation import text_key
from loyalty.queries import balances, catalogue, passbook
from loyalty.queries.balances import BalanceRow
from loyalty.tables import LedgerEntry, Program
from shop import customers
from shop.tables import Customer

_ROWS = 20
_FEW = 10
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Listed:
    """Memberships with whose they are and what they are in."""

    rows: Sequence[BalanceRow]
    people: Mapping[int, Customer]
    programs: Mapping[int, Program]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One membership with a page of its ledger, newest first."""

    row: BalanceRow
    person: Customer | None
    program: Program
    page: Page[LedgerEntry]


async def show(visit: Visit) -> Response:
    """Whom `who` names: an account's id, an e-mail or a card; without it everybody, oldest first."""
    asked = visit.request.query_params
    who, after = asked.get("who", "").strip(), asked.get("after")
    key = decode_cursor(after, (int,)) if after else None
    if after and key is None:
        raise HTTPException(400)
    listed = await (visit.read(_named, who) if who else visit.read(_everybody, key))
    return visit.page("members.html", listed=listed, who=who, after=after)


async def detail(visit: Visit) -> Response:
    """One member; `before` leads on in the ledger."""
    before = visit.request.query_params.get("before")
    key = decode_cursor(before, (int,)) if before else None
    if before and key is None:
        raise HTTPException(400)
    shown = await visit.read(_shown, visit.number("membership_id"), key)
    if shown is None:
        raise HTTPException(404)
    older = encode_cursor(shown.page.keys[-1]) if shown.page.has_next else None
    return visit.page("member.html", shown=shown, before=before, older=older, why=text_key)


async def adjust(visit: Visit) -> Response:
    """Give or take points, with a reason that the member sees."""
    membership_id = visit.number("membership_id")
    points = _signed(visit.field("points"))
    if points is None:
        return visit.go(f"/members/{membership_id}", flashes.told("flash.member.no_number"))
    draft = AdjustmentDraft(
        membership_id=membership_id, points=points, reason=visit.field("reason"), actor_id=visit.staff_id
    )
    outcome = await visit.write(lambda session: adjustments.adjust(session, draft))
    flash = flashes.refused(outcome) if isinstance(outcome, Refusal) else flashes.done("flash.member.adjusted")
    return visit.go(f"/members/{membership_id}", flash)


def _signed(text: str) -> int | None:
    digits = text.removeprefix("-").removeprefix("+")
    if not digits.isascii() or not digits.isdigit() or len(digits) > _MOST_DIGITS:
        return None
    return -int(digits) if text.startswith("-") else int(digits)


def _named(session: Session, who: str) -> Listed:
    people = customers.named(session, who)[:_FEW]
    return _listed(session, [row for customer_id in people for row in balances.of_customer(session, customer_id)])


def _everybody(session: Session, after: Key | None) -> Listed:
    page = balances.page(session, first=_ROWS, after=None if after is None else (int(after[0]),))
    return _listed(session, page.items, encode_cursor(page.keys[-1]) if page.has_next else None)


def _listed(session: Session, rows: Sequence[BalanceRow], following: str | None = None) -> Listed:
    people = customers.by_ids(session, [row.customer_id for row in rows])
    return Listed(rows, people, catalogue.programs(session, [row.program_id for row in rows]), following)


def _shown(session: Session, membership_id: int, before: Key | None) -> Shown | None:
    row = balances.by_ids(session, [membership_id]).get(membership_id)
    if row is None:
        return None
    after = None if before is None else (int(before[0]),)
    page = passbook.entries_page(session, membership_id, first=_ROWS, after=after)
    program = catalogue.programs(session, [row.program_id])[row.program_id]
    return Shown(row, customers.get(session, row.customer_id), program, page)
