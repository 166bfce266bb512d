"""Approve, reject, undo: what a moderator does to a review. The rules are ugc.moderation's."""

from collections.abc import Callable

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import flashes, places
from console.flashes import Flash
from console.reasons import reason_of
from console.views import review
from console.visit import Visit
from core.refusal import Refusal
from ugc import moderation
from ugc.moderation import Decision, Undo
from ugc.refusals import ReviewRefusal


async def approve(visit: Visit) -> Response:
    """Make the revision public that the page showed."""
    decision = _decision(visit)
    done = flashes.done("flash.approved", review_id=decision.review_id, version=decision.version + 1)
    return await _decide(visit, decision, done, lambda session: moderation.approve(session, decision))


async def reject(visit: Visit) -> Response:
    """Turn the revision down that the page showed, for the chosen reason."""
    decision, reason = _decision(visit), reason_of(visit.field("reason"))
    done = flashes.done("flash.rejected", review_id=decision.review_id, version=decision.version + 1)
    return await _decide(visit, decision, done, lambda session: moderation.reject(session, decision, reason=reason))


async def undo(visit: Visit) -> Response:
    """Take back one's own last decision; the review is shown again."""
    act = Undo(review_id=visit.number("review_id"), version=visit.whole("version"), staff_id=visit.staff_id)
    outcome = await visit.write(lambda session: moderation.undo(session, act))
    if isinstance(outcome, Refusal):
        return await _refused(visit, outcome, act.review_id, act.version)
    return visit.go(f"/reviews/{act.review_id}", flashes.done("flash.undone"))


def _decision(visit: Visit) -> Decision:
    return Decision(
        review_id=visit.number("review_id"),
        revision_no=visit.whole("revision_no"),
        version=visit.whole("version"),
        staff_id=visit.staff_id,
    )


async def _decide(visit: Visit, decision: Decision, done: Flash, step: Callable[[Session], int | Refusal]) -> Response:
    outcome = await visit.write(step)
    if isinstance(outcome, Refusal):
        return await _refused(visit, outcome, decision.review_id, decision.version)
    return visit.go(places.QUEUE.path, done)


async def _refused(visit: Visit, refusal: Refusal, review_id: int, version: int) -> Response:
    """A conflict has a page of its own, which says who did what since the moderator looked."""
    if refusal.code is ReviewRefusal.CONFLICT:
        now = await visit.read(review.gather, review_id)
        return visit.page("conflict.html", status=409, review=now, since=now.since(version) if now else [])
    if refusal.code is ReviewRefusal.REVIEW_NOT_FOUND:
        raise HTTPException(404)
    return visit.go(f"/reviews/{review_id}", flashes.refused(refusal))
