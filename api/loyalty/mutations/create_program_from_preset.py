"""createProgramFromPreset: a program with a preset's rules, tiers and rewards, under the merchant's own name."""

from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import programs_by_ids
from api.loyalty.program_types import Program
from api.payloads import UserError, user_errors
from api.scalars import CurrencyCode
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import presets, programs


@strawberry.input(description="Which preset, and what the merchant wants otherwise. What is left out is the preset's.")
class CreateProgramFromPresetInput:
    """A preset and the settings that are the merchant's own."""

    preset: str = strawberry.field(description="The preset's key, of programPresets.")
    handle: str | None = strawberry.field(default=None, description="Its name in addresses, if not the preset's.")
    name: str | None = strawberry.field(default=None, description="Its name for people.")
    currency: CurrencyCode | None = strawberry.field(
        default=None, description="The currency of its amounts, whose numbers stay those of the preset."
    )
    zone: str | None = strawberry.field(default=None, description="The IANA time zone of its days and months.")
    terms_version: str | None = strawberry.field(default=None, description="The terms that joining agrees to.")

    def own(self) -> dict[str, object]:
        """What is not the preset's."""
        return {
            "handle": self.handle,
            "name": self.name,
            "currency": self.currency,
            "zone": self.zone,
            "terms_version": self.terms_version,
        }


@error_codes("Why createProgramFromPreset did nothing.")
class CreateProgramFromPresetErrorCode(Enum):
    """Every code of loyalty.programs.create, for what the merchant gave, and of loyalty.presets.draft."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    HANDLE_TAKEN = "HANDLE_TAKEN"
    INVALID_CODE = "INVALID_CODE"
    INVALID_CURRENCY = "INVALID_CURRENCY"
    INVALID_HANDLE = "INVALID_HANDLE"
    INVALID_TEXT = "INVALID_TEXT"
    INVALID_ZONE = "INVALID_ZONE"
    PRESET_NOT_FOUND = "PRESET_NOT_FOUND"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"


@strawberry.type(description="The new program.")
class CreateProgramFromPresetPayload:
    """The program, or why not."""

    program: Program | None = strawberry.field(description="It, as createProgram makes it.")
    user_errors: list[UserError[CreateProgramFromPresetErrorCode]] = strawberry.field(
        description="Empty when it was created."
    )


@mutation(requires=Permission.MANAGE_LOYALTY)
async def create_program_from_preset(
    info: Info, input: CreateProgramFromPresetInput, idempotency_key: IdempotencyKey = None
) -> CreateProgramFromPresetPayload:
    """Create a program from a preset. Its numbers are examples to start from; see the preset's `illustrative`."""

    def create(session: Session) -> int | Refusal:
        draft = presets.draft(input.preset, input.own())
        return draft if isinstance(draft, Refusal) else programs.create(session, draft)

    outcome = await write(info, input, idempotency_key, create)
    if isinstance(outcome, Refusal):
        errors = user_errors(info, CreateProgramFromPresetErrorCode, outcome)
        return CreateProgramFromPresetPayload(program=None, user_errors=errors)
    found = await info.context.load(programs_by_ids, cast("int", outcome))
    return CreateProgramFromPresetPayload(program=cast("Program | None", found), user_errors=[])
