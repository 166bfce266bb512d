"""Decisions about a review's photos, and the pictures themselves, which staff see before the public does."""

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import flashes
from console.reasons import reason_of
from console.visit import Visit
from core import storage
from core.refusal import Refusal
from ugc import imaging, photos
from ugc.tables.photos import PhotoStatus

_FLASHES = {PhotoStatus.APPROVED: "flash.photo_approved", PhotoStatus.REJECTED: "flash.photo_rejected"}


async def decide(visit: Visit) -> Response:
    """Approve or reject one photo in the version that the page showed; the review's text stays as it is."""
    decision = _decision(visit)
    outcome = await visit.write(lambda session: photos.decide(session, decision))
    told = flashes.refused(outcome) if isinstance(outcome, Refusal) else flashes.done(_FLASHES[decision.status])
    return visit.go(f"/reviews/{visit.whole('review_id')}", told)


async def picture(visit: Visit) -> Response:
    """A rendition by its digest, public or not, for those who may read what is not."""
    content = await to_thread.run_sync(storage.media().read, visit.request.path_params["digest"])
    if content is None:
        raise HTTPException(404)
    # named by its content, and not for shared caches: it may never become public
    return Response(
        content, media_type=imaging.MEDIA_TYPE, headers={"Cache-Control": "private, max-age=86400, immutable"}
    )


def _decision(visit: Visit) -> photos.Decision:
    status = visit.field("decision")
    if status not in set(_FLASHES):
        raise HTTPException(400)
    return photos.Decision(
        photo_id=visit.number("photo_id"),
        version=visit.whole("version"),
        staff_id=visit.staff_id,
        status=PhotoStatus(status),
        reason=reason_of(visit.field("reason")),
    )
