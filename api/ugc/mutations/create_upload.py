"""createUpload: a one-time address to send a photo to."""

from enum import Enum
from typing import cast
from urllib.parse import quote

import strawberry

from api.audience import seen_by
from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.scalars import URL, DateTime
from api.ugc.loaders import upload
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.ids import to_public
from core.refusal import Refusal
from core.settings import settings
from ugc import uploads
from ugc.tables.photos import Photo
from ugc.uploads import UploadDraft


@strawberry.input(description="What a customer wants to send, and what they agree to with it.")
class CreateUploadInput:
    """As ugc.uploads.UploadDraft."""

    bytes: int = strawberry.field(description="The file's size, at most 12 MB; no more than that is taken.")
    licence_granted: bool = strawberry.field(description="The merchant may show the photo with the review.")
    people_agree: bool = strawberry.field(description="The people in the photo agree to be shown, or there are none.")


@error_codes("Why createUpload did nothing.")
class CreateUploadErrorCode(Enum):
    """Every code of ugc.uploads.create_upload."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    LICENCE_REQUIRED = "LICENCE_REQUIRED"
    PEOPLE_MUST_AGREE = "PEOPLE_MUST_AGREE"
    FILE_EMPTY = "FILE_EMPTY"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    TOO_MANY_UPLOADS = "TOO_MANY_UPLOADS"


@seen_by(Permission.ACT_AS_CUSTOMER)
@strawberry.type(description="Where to send one file: PUT its bytes, once, before it expires.")
class Upload:
    """Made from a Photo row that is REQUESTED."""

    photo_id: strawberry.ID = strawberry.field(description="For `photoIds` of submitReview, once the file is taken.")
    url: URL = strawberry.field(
        description="PUT the raw bytes here, without any key. 201 when the photo is taken, else JSON with the reason."
    )
    max_bytes: int = strawberry.field(description="More is refused.")
    expires_at: DateTime = strawberry.field(description="Ten minutes from now.")

    @classmethod
    def of(cls, photo: Photo, locale: str) -> "Upload":
        """The address of the upload; the language is for its errors."""
        chosen = settings()
        token = uploads.upload_token(chosen.secret(), photo)
        return cls(
            photo_id=strawberry.ID(to_public("Photo", photo.id)),
            url=URL(f"{chosen.public_url}/media/uploads/{token}?locale={quote(locale)}"),
            max_bytes=photo.declared_bytes,
            expires_at=DateTime(photo.expires_at),
        )


@strawberry.type(description="The upload that was opened.")
class CreateUploadPayload:
    """The upload, or why not."""

    upload: Upload | None = strawberry.field(description="Where to send the file.")
    user_errors: list[UserError[CreateUploadErrorCode]] = strawberry.field(description="Empty when it was opened.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def create_upload(
    info: Info, input: CreateUploadInput, idempotency_key: IdempotencyKey = None
) -> CreateUploadPayload:
    """Open an upload for one photo. What is not attached to a review within a day is removed."""
    caller = info.context.caller
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: uploads.create_upload(
            session,
            UploadDraft(
                customer_id=customer_of(session, caller),
                declared_bytes=input.bytes,
                licence_granted=input.licence_granted,
                people_agree=input.people_agree,
            ),
        ),
    )
    if isinstance(outcome, Refusal):
        return CreateUploadPayload(upload=None, user_errors=user_errors(info, CreateUploadErrorCode, outcome))
    opened = await info.context.rooms.read(upload, cast("int", outcome))
    return CreateUploadPayload(upload=Upload.of(opened, caller.locale), user_errors=[])
