"""That who listens may still do so: what they showed is looked at again. Looking is api.callers'."""

from typing import TYPE_CHECKING

from api.callers import Doorkeeper, Presented
from core import clock

if TYPE_CHECKING:
    from api.context import Context


class Admission:
    """What a stream's caller showed, and when that was last found good."""

    def __init__(self, doorkeeper: Doorkeeper, shown: Presented, *, seconds: float) -> None:
        self._doorkeeper = doorkeeper
        self._shown = shown
        self._seconds = seconds
        self._due = clock.elapsed_seconds() + seconds

    @property
    def seconds_left(self) -> float:
        """Until it is to be looked at again."""
        return max(0.0, self._due - clock.elapsed_seconds())

    async def renew(self, context: "Context") -> None:
        """Look again: the context's caller is who they are now. Raises UNAUTHENTICATED when they are nobody."""
        await context.see_anew()
        context.caller, context.storefront = await self._doorkeeper.admit(self._shown, context.rooms)
        self._due = clock.elapsed_seconds() + self._seconds
        # idle streams hold no connection
        await context.see_anew()
