"""What of loyalty a caller may see: which programs, and whose points: their own, or everybody's with READ_MEMBERS."""

from api.context import Info
from api.loyalty.loaders import pilots_of
from core.identity import Permission
from loyalty.tables import Program

# a member what is their own, and whoever may read or change everybody's
MEMBER_AND_STAFF = (Permission.ACT_AS_CUSTOMER, Permission.READ_MEMBERS, Permission.MANAGE_LOYALTY)
# no row has it: what a caller without a customer row sees of their own
_NOBODY = 0


def own_or_all(info: Info) -> int | None:
    """The customer to keep to; None: everybody."""
    caller = info.context.caller
    if caller.may(Permission.READ_MEMBERS):
        return None
    return caller.customer_id or _NOBODY


def may_see(info: Info, customer_id: int) -> bool:
    """Whether the caller may see this customer's points."""
    return own_or_all(info) in (None, customer_id)


async def may_know(info: Info, program: Program) -> bool:
    """Whether the caller may know of the program: everybody of a public one, else staff, and who is in its pilot."""
    caller = info.context.caller
    if program.is_public or caller.may(Permission.READ_MEMBERS) or caller.may(Permission.MANAGE_LOYALTY):
        return True
    if caller.customer_id is None:
        return False
    return any(pilot.id == program.id for pilot in await info.context.read_once(pilots_of, caller.customer_id))
