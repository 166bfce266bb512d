"""The shop takes the money and reports it: nobody is called, `payment.due` tells what is owed.

For shops whose own server talks to their payment provider. What is reported comes in by the API (recordPayment).
"""

from loyalty.payment_providers.orders import Answer, Outcome, PaymentOrder


class ReportedPayments:
    """Answers PENDING to everything."""

    name = "reported"
    can_look_up = False
    needs_method = False

    def charge(self, _order: PaymentOrder) -> Answer:
        """The shop has been told by the event."""
        return Answer(Outcome.PENDING)

    def refund(self, _order: PaymentOrder) -> Answer:
        """The shop has been told by the event."""
        return Answer(Outcome.PENDING)

    def lookup(self, _order: PaymentOrder) -> Answer:
        """Only the shop knows."""
        return Answer(Outcome.PENDING)
