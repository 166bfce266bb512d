"""changeEarningRule: end a rule's version and begin the next."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import rules_by_ids
from api.loyalty.mutations.program_inputs import EarningRuleInput
from api.loyalty.program_types import EarningRule
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import programs


@strawberry.input(description="The version to replace, and what the next one says.")
class ChangeEarningRuleInput:
    """As loyalty.programs.change_rule."""

    rule_id: strawberry.ID = strawberry.field(description="The live version; a later one conflicts.")
    rule: EarningRuleInput = strawberry.field(description="The next version, of the same kind.")


@error_codes("Why changeEarningRule did nothing.")
class ChangeEarningRuleErrorCode(Enum):
    """Every code of loyalty.programs.change_rule."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    RULE_NOT_FOUND = "RULE_NOT_FOUND"
    CONFLICT = "CONFLICT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    UNUSED_FIELD = "UNUSED_FIELD"


@strawberry.type(description="The rule's new version.")
class ChangeEarningRulePayload:
    """The version, or why not."""

    rule: EarningRule | None = strawberry.field(description="The version that is live now.")
    user_errors: list[UserError[ChangeEarningRuleErrorCode]] = strawberry.field(
        description="Empty when it was changed."
    )


@mutation(requires=Permission.MANAGE_LOYALTY)
async def change_earning_rule(
    info: Info, input: ChangeEarningRuleInput, idempotency_key: IdempotencyKey = None
) -> ChangeEarningRulePayload:
    """Change a rule from now on. Orders that have earned keep the version they earned by, refunds included."""
    rule_id, draft = id_or_none_such("EarningRule", input.rule_id), input.rule.draft()
    outcome = await write(info, input, idempotency_key, lambda session: programs.change_rule(session, rule_id, draft))
    if isinstance(outcome, Refusal):
        errors = user_errors(info, ChangeEarningRuleErrorCode, outcome)
        return ChangeEarningRulePayload(rule=None, user_errors=errors)
    found = await info.context.load(rules_by_ids, cast("int", outcome))
    return ChangeEarningRulePayload(rule=cast("EarningRule | None", found), user_errors=[])
