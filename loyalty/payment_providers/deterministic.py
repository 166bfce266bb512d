"""A provider for development and tests: what it does is in the method's name, what it did in a file. It moves no money.

Methods: `...declined...` is refused, `...pending...` is never decided, `...until-2026-03-01...` is taken before that
day and refused from it on; every other is taken.
"""

import json
import os
import re
from datetime import date
from pathlib import Path

from core import clock
from loyalty.payment_providers.orders import Answer, Outcome, PaymentOrder

_UNTIL = re.compile(r"until-(\d{4}-\d{2}-\d{2})")


class DeterministicProvider:
    """Keeps a line for each order that it decided; the file outlives the process."""

    name = "test"
    can_look_up = True
    needs_method = True

    def __init__(self, path: Path) -> None:
        self._path = path

    def charge(self, order: PaymentOrder) -> Answer:
        """By the method's name, once."""
        return self._once(order, _decided(order.method or "")) if order.method else Answer(Outcome.DECLINED)

    def refund(self, order: PaymentOrder) -> Answer:
        """What it took it gives back, once."""
        known = self._lines().get(order.refund_of or "")
        is_taken = known is not None and known.outcome is Outcome.PAID
        return self._once(order, Answer(Outcome.PAID) if is_taken else Answer(Outcome.DECLINED, failure="not_taken"))

    def lookup(self, order: PaymentOrder) -> Answer:
        """As the file has it."""
        return self._lines().get(order.id, Answer(Outcome.NOT_FOUND))

    def taken(self) -> list[str]:
        """The ids of all orders that money moved for, one for each time it did."""
        return [line["id"] for line in self._read() if line["outcome"] == Outcome.PAID]

    def _once(self, order: PaymentOrder, answer: Answer) -> Answer:
        known = self._lines().get(order.id)
        if known is not None or answer.outcome is Outcome.PENDING:
            return known or answer
        line = {"id": order.id, "outcome": answer.outcome.value, "failure": answer.failure}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a") as stream:
            stream.write(json.dumps(line) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        return answer

    def _lines(self) -> dict[str, Answer]:
        return {line["id"]: Answer(Outcome(line["outcome"]), line["id"], line["failure"]) for line in self._read()}

    def _read(self) -> list[dict[str, str]]:
        if not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_text().splitlines()]


def _decided(method: str) -> Answer:
    until = _UNTIL.search(method)
    if until is not None and clock.now().date() >= date.fromisoformat(until[1]):
        return Answer(Outcome.DECLINED, failure="expired_card")
    if "declined" in method:
        return Answer(Outcome.DECLINED, failure="card_declined")
    return Answer(Outcome.PENDING if "pending" in method else Outcome.PAID)
