"""Does what is due of payments: bills, questions to the payment provider, points held for carts; by loyalty's rules."""

import threading

from core import failpoints, logs
from core.db import Database
from loyalty import billing, holds, payment_providers, payments

_POLL_SECONDS = 1.0
_BATCH = 50
_logger = logs.get(__name__)


class Cashier:
    """Bills one database. Several may: a payment is taken by one of them before the provider is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stopping = threading.Event()

    def drain(self) -> int:
        """Bill, ask and release until nothing is due; returns how many steps were made."""
        made = 0
        while steps := self._bill() + self._ask() + self._release():
            made += steps
        return made

    def run(self) -> None:
        """Drain, wait, and again, until `stop`. An error is logged and ends nothing."""
        while not self._stopping.is_set():
            try:
                self.drain()
            except Exception as problem:  # noqa: BLE001 - a database that is away comes back
                logs.report(_logger, problem, doing="payments")
            self._stopping.wait(_POLL_SECONDS)

    def stop(self) -> None:
        """End `run` after the step it is at."""
        self._stopping.set()

    def _bill(self) -> int:
        with self._database.reading() as session:
            found = billing.due(session, limit=_BATCH)
        for paid_id in found:
            self._database.writing(lambda session, paid_id=paid_id: billing.run(session, paid_id))  # type: ignore[misc]
        return len(found)

    def _release(self) -> int:
        with self._database.reading() as session:
            found = holds.due(session, limit=_BATCH)
        for hold_id in found:
            self._database.writing(lambda session, hold_id=hold_id: holds.end(session, hold_id))  # type: ignore[misc]
        return len(found)

    def _ask(self) -> int:
        with self._database.reading() as session:
            found = payments.due(session, limit=_BATCH)
        for payment_id in found:
            if self._stopping.is_set():
                return 0
            self._ask_about(payment_id)
        return len(found)

    def _ask_about(self, payment_id: int) -> None:
        errand = self._database.writing(lambda session: payments.take(session, payment_id))
        if errand is None:
            return
        failpoints.passing("before-payment")
        answer = payments.ask(errand, payment_providers.chosen())
        failpoints.passing("after-payment")
        self._database.writing(lambda session: payments.record(session, payment_id, answer))
        _logger.info("payment", payment=payment_id, kind=errand.kind.value, outcome=answer.outcome.value)
