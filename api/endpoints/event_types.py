"""The contract's type of every event's data, made from its declaration in publishing.outward: one word for both."""

import dataclasses
import inspect
import json
from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Optional, Union, get_args, get_origin, get_type_hints

import strawberry

from api.audience import seen_by
from api.enums import described
from api.loyalty import types as _loyalty_enums  # noqa: F401 - gives the ledger's kinds to the contract
from api.scalars import DateTime
from api.ugc import enums as _review_enums  # noqa: F401 - gives the reviews' states and reasons to the contract
from core.identity import Permission
from core.webhooks.tables import DisabledReason
from publishing.outward.declaring import EventData, PublicId, camel
from publishing.outward.endpoints import WebhookTestEvent
from publishing.outward.events import EVENTS, TEST, OutwardEvent

described(
    OutwardEvent,
    name="WebhookEventType",
    description="What an endpoint can be told of. In a body, REVIEW_PUBLISHED is `review.published`.",
    values={name.name: inspect.getdoc(outward.data) or "" for name, outward in EVENTS.items()},
)
described(
    DisabledReason,
    name="WebhookDisabledReason",
    description="Why the platform gave up on an endpoint.",
    values={"FAILING": "Nothing but failures for five days.", "GONE": "It answered 410 Gone."},
)


def _contract(hint: Any) -> Any:  # noqa: ANN401 - a type
    if hint is PublicId:
        return strawberry.ID
    if get_origin(hint) is list:
        return list[_contract(get_args(hint)[0])]  # type: ignore[misc]  # made from a type at run time
    if type(None) in get_args(hint):
        return Optional[_contract(next(part for part in get_args(hint) if part is not type(None)))]  # noqa: UP045
    return hint


def _declared(kind: type[EventData]) -> type:
    """The declaration as a type of the contract: the same name, fields, nullability and words."""
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # every kind is declared as a dataclass
    parts: dict[str, Any] = {each.name: strawberry.field(description=each.metadata["says"]) for each in fields}
    parts["__annotations__"] = {each.name: _contract(hints[each.name]) for each in fields}
    made = strawberry.type(type(kind.__name__, (), parts), description=inspect.getdoc(kind))
    return seen_by(Permission.MANAGE_SHOP)(made)


# outward name -> the contract's type of its data
DATA_TYPES: dict[str, type] = {
    **{name.value: _declared(outward.data) for name, outward in EVENTS.items()},
    TEST: _declared(WebhookTestEvent),
}
# as many as there are events, which no annotation can say
_ANY_DATA: Any = Union[tuple(DATA_TYPES.values())]  # noqa: UP007
WebhookEventData: Any = Annotated[
    _ANY_DATA,
    strawberry.union("WebhookEventData", description="What an event tells: ids, codes and counts, no personal data."),
]


@seen_by(Permission.MANAGE_SHOP)
@strawberry.type(description="An event as it is told outside. A webhook's body is this object in JSON.")
class WebhookEvent:
    """Read from a message's body, so that it cannot say anything else."""

    id: strawberry.ID = strawberry.field(description="The same in every attempt; also the header webhook-id.")
    type: str = strawberry.field(description="Its name, such as `review.published`.")
    timestamp: DateTime = strawberry.field(description="When it happened.")
    data: WebhookEventData = strawberry.field(description="What it tells, by its type.")

    @classmethod
    def of(cls, body: str) -> "WebhookEvent":
        """The event of a stored body."""
        told = json.loads(body)
        kind = DATA_TYPES[told["type"]]
        return cls(
            id=told["id"],
            type=told["type"],
            timestamp=DateTime(datetime.fromisoformat(told["timestamp"])),
            data=_filled(kind, told["data"]),
        )


def _filled(kind: type, told: dict[str, Any]) -> Any:  # noqa: ANN401 - an instance of `kind`
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)
    return kind(**{each.name: _member(hints[each.name], told.get(camel(each.name))) for each in fields})


def _member(hint: Any, value: Any) -> Any:  # noqa: ANN401 - JSON
    kind = next((part for part in get_args(hint) if part is not type(None)), hint)
    return kind[value] if isinstance(value, str) and isinstance(kind, type) and issubclass(kind, Enum) else value
