"""One key, one effect: repeats, twins and other inputs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlmodel import Session, col, func, select

from core import idempotency, outbox
from core.db import Database
from core.idempotency import Answer, Attempt, IdempotencyCode, IdempotencyKey
from core.refusal import Refusal, RefusalCode
from tests.core.test_outbox import Happening


class No(RefusalCode):
    """A refusal of these tests."""

    NO = "NO"


def attempt(key: str = "k", *, caller: str = "customer:1", asked: object = "x") -> Attempt:
    return Attempt(caller, "tell", key, idempotency.fingerprint(asked))


def tell(database: Database, tried: Attempt) -> Answer | Refusal:
    def step(session: Session) -> Answer | Refusal:
        return idempotency.once(
            session,
            tried,
            lambda: outbox.record(session, Happening.TOLD, aggregate=("Thing", 1), payload={}),
        )

    return database.writing(step)


def told(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(outbox.OutboxEvent)).one()


def test_a_repeat_gets_the_stored_answer_and_does_nothing(database: Database) -> None:
    first = tell(database, attempt())

    assert tell(database, attempt()) == first
    assert told(database) == 1


def test_the_same_key_with_other_input_is_a_conflict_and_does_nothing(database: Database) -> None:
    tell(database, attempt())

    assert tell(database, attempt(asked="y")) == Refusal(IdempotencyCode.IDEMPOTENCY_CONFLICT, ("idempotencyKey",))
    assert told(database) == 1


def test_keys_are_each_callers_own(database: Database) -> None:
    tell(database, attempt())
    tell(database, attempt(caller="customer:2"))

    assert told(database) == 2


def test_a_refusal_stores_nothing_so_the_key_may_be_tried_again(database: Database) -> None:
    refused = database.writing(lambda session: idempotency.once(session, attempt(), lambda: Refusal(No.NO)))
    assert refused == Refusal(No.NO)

    assert isinstance(tell(database, attempt()), int)
    assert told(database) == 1


def test_twins_wait_for_each_other_and_get_one_answer(database: Database) -> None:
    with ThreadPoolExecutor(12) as pool:
        answers = set(pool.map(lambda _: tell(database, attempt()), range(12)))

    assert len(answers) == 1
    assert told(database) == 1


def test_keys_are_kept_for_a_day(database: Database, frozen_clock) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    tell(database, attempt("old"))
    frozen_clock.advance(hours=20)
    tell(database, attempt("new"))
    frozen_clock.advance(hours=5)

    assert database.writing(lambda session: idempotency.forget_old(session, limit=10)) == 1
    with database.reading() as session:
        assert session.exec(select(col(IdempotencyKey.key))).all() == ["new"]


def test_a_key_of_yesterday_is_a_new_one_though_no_night_has_come(database: Database, frozen_clock) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    first = tell(database, attempt())
    frozen_clock.advance(hours=24)
    assert tell(database, attempt()) == first

    frozen_clock.advance(seconds=1)
    second = tell(database, attempt(asked="y"))

    assert isinstance(second, int)
    assert second != first
    assert tell(database, attempt(asked="y")) == second
    assert told(database) == 2


def test_of_twins_who_come_a_day_later_one_acts(database: Database, frozen_clock) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    first = tell(database, attempt())
    frozen_clock.advance(hours=25)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: tell(database, attempt()), range(8)))

    assert len(answers) == 1
    assert first not in answers
    assert told(database) == 2


def test_old_keys_go_a_limit_at_a_time(database: Database, frozen_clock) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for number in range(3):
        tell(database, attempt(f"old {number}"))
    frozen_clock.advance(hours=25)

    assert [database.writing(lambda session: idempotency.forget_old(session, limit=2)) for _ in range(3)] == [2, 1, 0]


def test_a_fingerprint_sees_what_json_sees() -> None:
    assert idempotency.fingerprint({"a": 1, "b": [2]}) == idempotency.fingerprint({"b": [2], "a": 1})
    assert idempotency.fingerprint({"a": 1}) != idempotency.fingerprint({"a": 2})
    assert timedelta(hours=24) == idempotency.KEPT
