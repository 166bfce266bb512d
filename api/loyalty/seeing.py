"""Whose points a caller may see: their own by who they are, never by an id they send; everybody's with READ_MEMBERS."""

from api.context import Info
from core.identity import Permission

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
