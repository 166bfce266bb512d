"""Public keys are fetched when they are needed, and an address is never hammered on a stranger's behalf."""

from collections.abc import Iterator

import anyio
import pytest
from joserfc.jwk import ECKey

from core.key_sets import FRESH_SECONDS, PAUSE_SECONDS, STALE_SECONDS, KeySets
from tests.issuer import Issuer


class Hours:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """With one key, `a`."""
    made = Issuer()
    made.keys["a"] = ECKey.generate_key("P-256")
    yield made
    made.close()


@pytest.fixture
def hours() -> Hours:
    """At some instant."""
    return Hours()


@pytest.fixture
def sets(issuer: Issuer, hours: Hours) -> KeySets:
    """That may reach the issuer, though it is on this machine."""
    return KeySets(allow_private=frozenset({issuer.host}), seconds=hours)


def has(sets: KeySets, issuer: Issuer, kid: str | None) -> bool:
    async def look() -> bool:
        return await sets.find(issuer.url, "ES256", kid) is not None

    return anyio.run(look)


def test_a_set_is_fetched_once_while_it_is_fresh(sets: KeySets, issuer: Issuer, hours: Hours) -> None:
    assert [has(sets, issuer, "a"), has(sets, issuer, "a")] == [True, True]
    hours.now += FRESH_SECONDS
    assert has(sets, issuer, "a")

    assert issuer.asked == 1


def test_a_new_key_is_found_by_its_kid_after_a_pause(sets: KeySets, issuer: Issuer, hours: Hours) -> None:
    has(sets, issuer, "a")
    issuer.keys["b"] = ECKey.generate_key("P-256")

    assert not has(sets, issuer, "b")
    hours.now += PAUSE_SECONDS

    assert has(sets, issuer, "b")


def test_made_up_kids_do_not_hammer_the_shop(sets: KeySets, issuer: Issuer) -> None:
    assert not any(has(sets, issuer, f"made-up-{number}") for number in range(100))

    assert issuer.asked == 1


def test_many_who_wait_ask_once(sets: KeySets, issuer: Issuer) -> None:
    found = []

    async def look() -> None:
        found.append(await sets.find(issuer.url, "ES256", "a"))

    async def all_at_once() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(look)

    anyio.run(all_at_once)

    assert len(found) == 20
    assert None not in found
    assert issuer.asked == 1


def test_a_withdrawn_key_is_refused_when_the_set_is_read_again(sets: KeySets, issuer: Issuer, hours: Hours) -> None:
    has(sets, issuer, "a")
    issuer.keys = {"b": ECKey.generate_key("P-256")}
    hours.now += FRESH_SECONDS + 1

    assert not has(sets, issuer, "a")
    assert has(sets, issuer, "b")


def test_keys_outlive_their_address_for_a_day(sets: KeySets, issuer: Issuer, hours: Hours) -> None:
    has(sets, issuer, "a")
    issuer.status = 503
    hours.now += FRESH_SECONDS + 1

    assert has(sets, issuer, "a")
    assert has(sets, issuer, "a")
    assert issuer.asked == 2  # and not once for each token
    hours.now += STALE_SECONDS
    assert not has(sets, issuer, "a")


def test_a_private_address_is_not_reached(issuer: Issuer) -> None:
    assert not has(KeySets(allow_private=False), issuer, "a")

    assert issuer.asked == 0


def test_a_set_that_is_too_large_is_not_read(sets: KeySets, issuer: Issuer) -> None:
    issuer.keys |= {f"k{number}": ECKey.generate_key("P-256") for number in range(40)}

    assert not has(sets, issuer, "a")


def test_without_a_kid_only_a_key_that_stands_alone_is_meant(sets: KeySets, issuer: Issuer, hours: Hours) -> None:
    assert has(sets, issuer, None)
    issuer.keys["b"] = ECKey.generate_key("P-256")
    hours.now += FRESH_SECONDS + 1

    assert not has(sets, issuer, None)
