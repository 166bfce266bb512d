"""What a provider is asked and what it answers, and the protocol between. Who implements it stands beside."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.money import Money


class Outcome(StrEnum):
    """What became of an order.

    PAID and DECLINED are final. PENDING: the provider has it. UNKNOWN: no answer came. NOT_FOUND: it never had it.
    """

    PAID = "PAID"
    DECLINED = "DECLINED"
    PENDING = "PENDING"
    UNKNOWN = "UNKNOWN"
    NOT_FOUND = "NOT_FOUND"


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """Money to take by a method, or to give back of the payment `refund_of`. `id` never changes nor comes again."""

    id: str
    amount: Money
    method: str | None = None
    refund_of: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome, with the provider's own name of the payment or its reason for refusing."""

    outcome: Outcome
    reference: str | None = None
    failure: str | None = None


class PaymentProvider(Protocol):
    """Takes money and gives it back."""

    name: str
    # whether asking again can tell more than the first answer
    can_look_up: bool
    # whether it needs a method on file to take money by
    needs_method: bool

    def charge(self, order: PaymentOrder) -> Answer:
        """Take the money, once per order id; asked again it tells what became of it."""

    def refund(self, order: PaymentOrder) -> Answer:
        """Give it back, once per order id; asked again it tells what became of it."""

    def lookup(self, order: PaymentOrder) -> Answer:
        """What became of the order; NOT_FOUND when it never came."""
