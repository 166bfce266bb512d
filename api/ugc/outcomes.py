"""The review that a mutation answers with, read after its transaction."""

from typing import cast

from api.context import Info
from api.ugc.loaders import known_reviews
from api.ugc.types import Review, own_or_all
from core.idempotency import Answer


async def after_write(info: Info, answer: Answer) -> Review | None:
    """The review of this id as its author or a moderator may see it."""
    return cast("Review | None", await info.context.load(known_reviews, cast("int", answer), own_or_all(info)))
