"""Each provider keeps the protocol: one charge an id, a lookup that knows, nothing understood that was not said."""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.money import Money
from core.settings import MissingSecretError, Settings, settings
from loyalty import paid_states, payment_providers
from loyalty.payment_providers import Outcome, PaymentOrder
from loyalty.payment_providers.deterministic import DeterministicProvider
from loyalty.payment_providers.reported import ReportedPayments
from loyalty.payment_providers.shop_endpoint import ShopEndpoint
from tests.conftest import ROOT, FrozenClock
from tests.make.webhooks import Answer, Sink, sinks

ORDER = PaymentOrder("payment-1", Money(1499, "EUR"), method="card")
SECRET = "a-secret-for-payments-of-32-letters"


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    with sinks() as (sink,):
        monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", sink.host)
        monkeypatch.setenv("FIDELIO_DEVELOPMENT", "true")
        monkeypatch.setenv("FIDELIO_PAYMENTS", f"{sink.url}/")
        monkeypatch.setenv("FIDELIO_PAYMENTS_SECRET", SECRET)
        settings.cache_clear()
        yield sink


def test_the_page_has_the_table_of_moves() -> None:
    page = (ROOT / "docs" / "paid-membership.md").read_text()

    lines = [f"| {state} | {act} | {target} |" for (state, act), target in paid_states.MOVES.items()]
    assert "\n".join(lines) in page


def test_the_shop_is_asked_with_a_signature(till: Sink, frozen_clock: FrozenClock) -> None:
    till.answer = Answer(200, body=b'{"outcome": "PAID", "reference": "ch_1"}')

    answer = payment_providers.chosen().charge(ORDER)

    asked = till.received[0]
    signed = f"payment-1.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    signature = b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert (answer.outcome, answer.reference) == (Outcome.PAID, "ch_1")
    assert (asked.path, asked.headers["webhook-signature"]) == ("/hook/charge", f"v1,{signature}")
    assert asked.json == {
        "id": "payment-1",
        "amountMinor": 1499,
        "currencyCode": "EUR",
        "method": "card",
        "refundOf": None,
    }


@pytest.mark.parametrize(
    "answer, outcome",
    [
        (Answer(200, body=b'{"outcome": "DECLINED", "failure": "expired_card"}'), Outcome.DECLINED),
        (Answer(200, body=b'{"outcome": "NOT_FOUND"}'), Outcome.NOT_FOUND),
        (Answer(500, body=b'{"outcome": "PAID"}'), Outcome.UNKNOWN),
        (Answer(200, body=b'{"outcome": "YES"}'), Outcome.UNKNOWN),
        (Answer(200, body=b'["PAID"]'), Outcome.UNKNOWN),
        (Answer(200, body=b"\xff"), Outcome.UNKNOWN),
        (Answer(302, headers={"Location": "https://elsewhere.example"}), Outcome.UNKNOWN),
    ],
)
def test_what_is_not_an_answer_is_not_taken_for_one(till: Sink, answer: Answer, outcome: Outcome) -> None:
    till.answer = answer

    assert payment_providers.chosen().lookup(ORDER).outcome is outcome


def test_private_addresses_are_not_asked(till: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", "")
    settings.cache_clear()

    assert ShopEndpoint(till.url, b"key").refund(ORDER).outcome is Outcome.UNKNOWN
    assert till.received == []


def test_the_test_provider_takes_once_and_remembers(tmp_path: Path, frozen_clock: FrozenClock) -> None:
    provider = DeterministicProvider(tmp_path / "till.jsonl")
    refund = PaymentOrder("refund-1", ORDER.amount, refund_of=ORDER.id)

    assert provider.lookup(ORDER).outcome is Outcome.NOT_FOUND
    assert provider.refund(PaymentOrder("refund-0", ORDER.amount, refund_of="nothing")).outcome is Outcome.DECLINED
    assert [provider.charge(ORDER).outcome for _ in range(2)] == [Outcome.PAID] * 2
    assert provider.refund(refund).outcome is Outcome.PAID
    assert DeterministicProvider(tmp_path / "till.jsonl").lookup(ORDER).outcome is Outcome.PAID
    assert provider.taken() == ["payment-1", "refund-1"]


def test_reported_payments_are_the_shops_to_tell() -> None:
    provider = ReportedPayments()

    assert isinstance(payment_providers.chosen(), ReportedPayments)
    answers = [provider.charge(ORDER), provider.refund(ORDER), provider.lookup(ORDER)]
    assert [answer.outcome for answer in answers] == [Outcome.PENDING] * 3


@pytest.mark.parametrize("payments", ["test", "http://shop.example/pay", "stripe"])
def test_nothing_but_a_provider_is_chosen(payments: str) -> None:
    with pytest.raises(ValueError, match="FIDELIO_PAYMENTS"):
        Settings(payments=payments)


def test_an_endpoint_needs_a_secret() -> None:
    with pytest.raises(MissingSecretError):
        Settings(payments="https://shop.example/pay").payments_key()
