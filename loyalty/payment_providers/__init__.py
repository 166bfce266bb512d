"""Who takes the money: what a provider must be able to do, and which one this installation has. It knows no rows.

Every order has an id that is the same in each call about it. A provider takes money for an id at most once, however
often it is asked, and `lookup` tells what became of it. Calls are made outside any transaction.
"""

from core.settings import settings
from loyalty.payment_providers.deterministic import DeterministicProvider
from loyalty.payment_providers.orders import Answer, Outcome, PaymentOrder, PaymentProvider
from loyalty.payment_providers.reported import ReportedPayments
from loyalty.payment_providers.shop_endpoint import ShopEndpoint

__all__ = ["Answer", "Outcome", "PaymentOrder", "PaymentProvider", "chosen"]

_REPORTED = "reported"
_TEST = "test"


def chosen() -> PaymentProvider:
    """The provider that FIDELIO_PAYMENTS names (docs/paid-membership.md)."""
    setting = settings().payments
    if setting == _REPORTED:
        return ReportedPayments()
    if setting == _TEST:
        return DeterministicProvider(settings().state_directory / "test-payments.jsonl")
    return ShopEndpoint(setting, settings().payments_key())
