"""moderatePhoto: approve or reject one photo; its review's text is decided on apart."""

from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import described, error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.ugc.enums import ReasonCode
from api.ugc.photo_types import Photo, known_photo
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from ugc import photos
from ugc.tables.photos import PhotoStatus


class PhotoDecision(Enum):
    """The two decisions of a moderator."""

    APPROVE = "APPROVE"
    REJECT = "REJECT"


described(
    PhotoDecision,
    description="What is decided about a photo.",
    values={
        "APPROVE": "Show the photo with its review.",
        "REJECT": "Keep it from the public, for a reason.",
    },
)

_STATUS = {PhotoDecision.APPROVE: PhotoStatus.APPROVED, PhotoDecision.REJECT: PhotoStatus.REJECTED}


@strawberry.input(description="A decision about the photo as the moderator saw it.")
class ModeratePhotoInput:
    """As ugc.photos.Decision."""

    photo_id: strawberry.ID = strawberry.field(description="Which photo.")
    version: int = strawberry.field(description="Its version as it was seen.")
    decision: PhotoDecision = strawberry.field(description="What is decided.")
    reason: ReasonCode | None = strawberry.field(default=None, description="Why; a rejection needs one.")

    def decide(self, session: Session, staff_id: int) -> int | Refusal:
        """Ask the room to decide so."""
        return photos.decide(
            session,
            photos.Decision(
                photo_id=id_or_none_such("Photo", self.photo_id),
                version=self.version,
                staff_id=staff_id,
                status=_STATUS[self.decision],
                reason=self.reason,
            ),
        )


@error_codes("Why moderatePhoto did nothing.")
class ModeratePhotoErrorCode(Enum):
    """Every code of ugc.photos.decide."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PHOTO_NOT_FOUND = "PHOTO_NOT_FOUND"
    PHOTO_CHANGED = "PHOTO_CHANGED"
    PHOTO_ALREADY_DECIDED = "PHOTO_ALREADY_DECIDED"
    PHOTO_REASON_REQUIRED = "PHOTO_REASON_REQUIRED"


@strawberry.type(description="The photo that was decided on.")
class ModeratePhotoPayload:
    """The photo, or why not."""

    photo: Photo | None = strawberry.field(description="It, as it stands now.")
    user_errors: list[UserError[ModeratePhotoErrorCode]] = strawberry.field(description="Empty when it was decided.")


@mutation(requires=Permission.MODERATE)
async def moderate_photo(
    info: Info, input: ModeratePhotoInput, idempotency_key: IdempotencyKey = None
) -> ModeratePhotoPayload:
    """Approve or reject a photo. It is shown only while its review is public too; the review's text stays as it is."""
    staff_id = info.context.caller.staff_id or 0
    outcome = await write(info, input, idempotency_key, lambda session: input.decide(session, staff_id))
    if isinstance(outcome, Refusal):
        return ModeratePhotoPayload(photo=None, user_errors=user_errors(info, ModeratePhotoErrorCode, outcome))
    return ModeratePhotoPayload(photo=await known_photo(info, cast("int", outcome)), user_errors=[])
