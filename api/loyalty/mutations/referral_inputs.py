"""What a shop tells of a shopper for referrals, in the contract's names. The acts are beside this file."""

import strawberry

from loyalty.referral_traces import NOTHING, Shown


@strawberry.input(
    description="What the shop saw of the shopper's own connection. All of it may be left out; only keyed hashes are "
    "kept, for the program's `traceDays`."
)
class ShopperTracesInput:
    """As loyalty.referral_traces.Shown."""

    ip: str | None = strawberry.field(default=None, description="The shopper's IP address, never the server's.")
    device: str | None = strawberry.field(default=None, description="The shop's own token for the device.")
    payment: str | None = strawberry.field(
        default=None, description="The payment provider's fingerprint of a card or account, never its number."
    )
    address: str | None = strawberry.field(default=None, description="The postal address as written.")


def shown(traces: ShopperTracesInput | None) -> Shown:
    """As the room takes it."""
    if traces is None:
        return NOTHING
    return Shown(ip=traces.ip, device=traces.device, payment=traces.payment, address=traces.address)
