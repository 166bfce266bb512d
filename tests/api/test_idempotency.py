"""Every mutation under a key: done once, answered alike, refused with other input; a refusal leaves the key free."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type

from api.schema import build_schema
from core.identity import Role
from core.ids import from_public, to_public
from tests.api import acts
from tests.api.acts import ACTS, BEFORE, ENDING, World
from tests.api.conftest import Api, Callee
from tests.api.walk.fingerprints import fingerprint
from tests.conftest import FrozenClock

MUTATION = build_schema()._schema.mutation_type
assert MUTATION is not None
FIELDS = MUTATION.fields
_SHOWN_ONCE = {"secret", "text"}


class Person:
    """One caller, who sends mutations under keys and looks at all that the answers hold."""

    def __init__(self, callee: Callee) -> None:
        self._callee = callee

    def act(self, field: str, input: dict[str, Any], key: str | None = "k1", **headers: str) -> Any:  # noqa: ANN401
        """The payload."""
        kind = FIELDS[field].args["input"].type
        asks = f"{field}(input: $input, idempotencyKey: $key) {_all(field)}"
        document = f"mutation Act($input: {kind}, $key: String) {{ {asks} }}"
        asked = Callee(self._callee.client, {**self._callee.headers, **headers})
        return asked.data(document, input=input, key=key)[field]


def _all(field: str) -> str:
    payload = get_named_type(FIELDS[field].type)
    assert isinstance(payload, GraphQLObjectType)
    # a secret is shown once: what is kept for repeats holds none
    shown = {name: get_named_type(each.type) for name, each in payload.fields.items() if name not in _SHOWN_ONCE}
    parts = [_selected(name, kind) for name, kind in shown.items()]
    return "{ " + " ".join(parts) + " }"


def _selected(name: str, kind: object) -> str:
    if not isinstance(kind, GraphQLObjectType):
        return name
    return f"{name} {{ {'code' if name == 'userErrors' else 'id' if 'id' in kind.fields else '__typename'} }}"


def person(api: Api, who: str) -> Person:
    """Whoever an act needs."""
    callee = api.as_staff(Role.ADMIN) if who == "staff" else api.as_customer(who)
    return Person(Callee(callee.client, {**api.as_visitor().headers, **callee.headers}))


def prepared(api: Api, field: str) -> tuple[Person, World]:
    """A world in which the act can be done, and who does it."""
    world = acts.world(api)
    actor = person(api, ACTS[field].who)
    if field in BEFORE:
        assert actor.act(BEFORE[field], ACTS[BEFORE[field]].input(world), None)["userErrors"] == []
    return actor, world


def other(input: dict[str, Any]) -> dict[str, Any]:
    """An input that is not the same: another id where there is one, else another text or number."""
    for name, value in input.items():
        found = from_public(value) if isinstance(value, str) else None
        if found is not None:
            return {**input, name: to_public(found[0], found[1] + 1)}
    name = next(
        name for name, value in input.items() if name in {"handle", "code", "externalId", "bytes", "url", "name"}
    )
    value = input[name]
    return {**input, name: value + "x" if isinstance(value, str) else value + 1}


def test_every_mutation_has_an_act() -> None:
    assert {*ACTS, *ENDING} == set(FIELDS)


@pytest.mark.parametrize("field", sorted(ACTS))
def test_a_repeat_is_answered_alike_and_does_nothing(api: Api, frozen_clock: FrozenClock, field: str) -> None:
    actor, world = prepared(api, field)
    before = fingerprint(api.database)

    first = actor.act(field, ACTS[field].input(world))
    after = fingerprint(api.database)
    second = actor.act(field, ACTS[field].input(world))

    assert first["userErrors"] == []
    assert second == first
    assert before != after == fingerprint(api.database)


@pytest.mark.parametrize("field", sorted(ACTS))
def test_the_same_key_with_other_input_is_a_conflict(api: Api, frozen_clock: FrozenClock, field: str) -> None:
    actor, world = prepared(api, field)
    actor.act(field, ACTS[field].input(world))
    after = fingerprint(api.database)

    refused = actor.act(field, other(ACTS[field].input(world)))

    assert refused["userErrors"] == [{"code": "IDEMPOTENCY_CONFLICT"}]
    assert fingerprint(api.database) == after


def test_a_refusal_leaves_the_key_free(api: Api) -> None:
    bea, world = prepared(api, "submitReview")
    good = ACTS["submitReview"].input(world)
    before = fingerprint(api.database)

    refused = bea.act("submitReview", {**good, "rating": 6})

    assert refused["userErrors"] == [{"code": "RATING_OUT_OF_RANGE"}]
    assert fingerprint(api.database) == before
    assert bea.act("submitReview", good)["userErrors"] == []


def test_the_header_does_as_the_argument(api: Api) -> None:
    ada, world = prepared(api, "redeemReward")
    good = ACTS["redeemReward"].input(world)

    answers = [
        ada.act("redeemReward", good, None, **{"Idempotency-Key": "k1"}),
        ada.act("redeemReward", good, "k1"),
        ada.act("redeemReward", good, "k1", **{"Idempotency-Key": "another"}),
    ]

    assert answers[0] == answers[1] == answers[2]


TWICE = (
    "mutation M($i: CreateUploadInput!) { a: createUpload(input: $i) { userErrors { code } } "
    "b: createUpload(input: $i) { userErrors { code } } }",
    "mutation M($i: CreateUploadInput!) { ...f ...g } "
    "fragment f on Mutation { a: createUpload(input: $i) { userErrors { code } } } "
    "fragment g on Mutation { b: createUpload(input: $i) { userErrors { code } } }",
    "mutation M($i: CreateUploadInput!) { ... { a: createUpload(input: $i) { userErrors { code } } "
    "b: createUpload(input: $i) { userErrors { code } } } }",
)


@pytest.mark.parametrize("document", TWICE)
def test_the_header_is_refused_beside_two_mutations_and_nothing_is_done(api: Api, document: str) -> None:
    ada = api.as_customer("ada")
    keyed = Callee(ada.client, {**ada.headers, "Idempotency-Key": "k1"})
    before = fingerprint(api.database)

    answer = keyed.run(document, i={"bytes": 1000, "licenceGranted": True, "peopleAgree": True})

    assert {error["extensions"]["code"] for error in answer["errors"]} == {"BAD_USER_INPUT"}
    assert fingerprint(api.database) == before


def test_a_key_is_a_callers_own_and_a_days(api: Api, frozen_clock: FrozenClock) -> None:
    _, world = prepared(api, "createUpload")
    good = ACTS["createUpload"].input(world)

    def changes(who: str) -> bool:
        # with a new token: those of yesterday have expired
        again = person(api, who)
        before = fingerprint(api.database)
        assert again.act("createUpload", good)["userErrors"] == []
        return fingerprint(api.database) != before

    assert [changes("ada"), changes("ada"), changes("bea")] == [True, False, True]
    frozen_clock.advance(hours=24)
    assert not changes("ada")
    frozen_clock.advance(seconds=1)
    assert changes("ada")


def test_twins_at_once_are_one(api: Api) -> None:
    bea, world = prepared(api, "submitReview")
    good = ACTS["submitReview"].input(world)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: bea.act("submitReview", good), range(6)))

    assert answers[0]["userErrors"] == []
    assert all(answer == answers[0] for answer in answers)
