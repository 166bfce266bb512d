"""The whole schema, asked for by every kind of caller: allowed exactly as declared, and a denial changes nothing.

Every run of pytest that holds it ends with the number of (field, caller) pairs that were asked.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.schema import build_schema
from core.identity import Permission
from core.ids import to_public
from tests.api import declarations
from tests.api.conftest import Api
from tests.api.declarations import ROOTS, Declared
from tests.api.samples import numbers
from tests.api.walk import documents, people
from tests.api.walk.fingerprints import fingerprint
from tests.api.walk.people import Person
from tests.make import ugc

Record = Callable[[str, object], None]

SCHEMA = build_schema()
FIELDS = list(declarations.fields(SCHEMA))
# what `node` shows of Ada's things to others than her, beside what is public
READERS: dict[str, set[Permission]] = {
    "Customer": {Permission.READ_MEMBERS},
    "Order": {Permission.READ_MEMBERS, Permission.MANAGE_SHOP},
    "Refund": {Permission.READ_MEMBERS, Permission.MANAGE_SHOP},
    "Review": {Permission.READ_REVIEWS},
    "Photo": {Permission.READ_REVIEWS},
    "Membership": {Permission.READ_MEMBERS},
    "LedgerEntry": {Permission.READ_MEMBERS},
    "PointsHold": {Permission.READ_MEMBERS},
    "Redemption": {Permission.READ_MEMBERS},
    "PaidMembership": {Permission.READ_MEMBERS},
    "MembershipPayment": {Permission.READ_MEMBERS},
    "Referral": {Permission.READ_MEMBERS},
    "PageCheck": {Permission.READ_REVIEWS, Permission.CHECK_PAGES},
    "WebhookEndpoint": {Permission.MANAGE_SHOP},
    "WebhookDelivery": {Permission.MANAGE_SHOP},
}
# what is not Ada's either
STAFF_ONLY = frozenset({"PageCheck", "WebhookDelivery", "WebhookEndpoint"})
# after it a customer is known no longer
LAST = "Mutation.signOutEverywhere"
# what an event alone leads to
TOLD = frozenset({"ModerationQueueChange"})
DENIED = {"UNAUTHENTICATED", "FORBIDDEN"}
# a floor: a walk that asks fewer has lost fields or callers
FEWEST_PAIRS = 6_000


class Walk:
    """A server with everybody at its door, and how many pairs were asked of it."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.samples = api.database.writing(lambda session: numbers(session, api.storefront.id))
        self.people = people.everyone(api)
        self.held = fingerprint(api.database)
        self.pairs = 0

    def ask(self, person: Person, document: str, *, fields: int = 1) -> dict[str, Any]:
        """The answer, and the pairs counted."""
        self.pairs += fields
        return person.callee.run(document)

    def must_be_unchanged(self, said: str) -> None:
        """After a denial everything is as it was."""
        assert fingerprint(self.api.database) == self.held, f"{said} was denied and changed something"

    def may_have_changed(self) -> None:
        """After an act that was allowed."""
        self.held = fingerprint(self.api.database)

    def node(self, kind: str) -> str:
        """How one asks for the sample of a type."""
        return f'node(id: "{to_public(kind, self.samples[kind])}")'


@pytest.fixture
def walk(api: Api, record_property: Record) -> Iterator[Walk]:
    """Everybody, before every field."""
    walking = Walk(api)
    yield walking
    if walking.pairs:
        record_property("pairs", walking.pairs)


def test_every_field_answers_every_caller_as_declared(walk: Walk) -> None:
    for person in walk.people:
        _nodes(walk, person)
        _narrowed_fields(walk, person)
        for each in sorted(FIELDS, key=lambda each: each.path == LAST):
            if each.parent in ("Query", "Mutation"):
                _root_field(walk, person, each)
            elif each.parent == "Subscription" and each.requires not in person.may:
                _denied_subscription(walk, person, each)

    assert walk.pairs >= FEWEST_PAIRS


def _root_field(walk: Walk, person: Person, each: Declared) -> None:
    said = f"{each.path} as {person.name}"
    code = _code(walk.ask(person, documents.of_root(each)))
    if not person.is_known:
        assert code == "UNAUTHENTICATED", said
    elif each.requires in person.may:
        assert code not in DENIED, f"{said}: {code}"
        walk.may_have_changed()
        return
    else:
        assert code == "FORBIDDEN", f"{said}: {code}"
    walk.must_be_unchanged(said)


def _denied_subscription(walk: Walk, person: Person, each: Declared) -> None:
    """Refused before the stream begins. What the others are told, tests/api/streams has."""
    walk.pairs += 1
    headers = {**person.callee.headers, "Accept": "text/event-stream"}
    body = {"query": f"subscription {{ {each.name} {{ __typename }} }}"}
    code = _code(walk.api.client.post("/graphql", json=body, headers=headers).json())
    said = f"{each.path} as {person.name}"
    assert code == ("FORBIDDEN" if person.is_known else "UNAUTHENTICATED"), said
    walk.must_be_unchanged(said)


def _nodes(walk: Walk, person: Person) -> None:
    """Each sample with all its fields that declare nothing of their own."""
    for kind in walk.samples:
        plain = [each for each in FIELDS if each.parent == kind and not (each.requires or each.only_for)]
        wanted = " ".join(documents.selection(each) for each in plain)
        answer = walk.ask(person, f"{{ {walk.node(kind)} {{ ... on {kind} {{ {wanted} }} }} }}", fields=len(plain))
        said = f"{kind} as {person.name}"
        if not person.is_known:
            assert _code(answer) == "UNAUTHENTICATED", said
        else:
            assert "errors" not in answer, (said, answer)
            assert (answer["data"]["node"] is not None) == _sees(person, kind), said
        walk.must_be_unchanged(said)


def _narrowed_fields(walk: Walk, person: Person) -> None:
    """Each field below the root that declares a permission, on an object that the caller sees."""
    for each in FIELDS:
        if each.parent in ROOTS | TOLD or not (each.requires or each.only_for):
            continue
        way, is_seen = ("viewer", True) if each.parent == "Viewer" else (walk.node(each.parent), None)
        seen = is_seen if is_seen is not None else _sees(person, each.parent)
        answer = walk.ask(person, f"{{ {way} {{ ... on {each.parent} {{ it: {documents.selection(each)} }} }} }}")
        _narrowed(person, each, answer, is_seen=seen)
        walk.must_be_unchanged(f"{each.path} as {person.name}")


def _narrowed(person: Person, each: Declared, answer: dict[str, Any], *, is_seen: bool) -> None:
    said = f"{each.path} as {person.name}: {answer}"
    if not person.is_known:
        assert _code(answer) == "UNAUTHENTICATED", said
    elif not is_seen:
        assert answer == {"data": {"node": None}, "extensions": answer["extensions"]}, said
    elif each.requires:
        assert _code(answer) == (None if each.requires in person.may else "FORBIDDEN"), said
    elif not each.only_for & person.may:
        assert next(iter(answer["data"].values()))["it"] is None, said
    else:
        assert _code(answer) is None, said


def _sees(person: Person, kind: str) -> bool:
    if kind not in READERS or (person.is_owner and kind not in STAFF_ONLY):
        return True
    return bool(READERS[kind] & person.may)


def _code(answer: dict[str, Any]) -> str | None:
    return answer["errors"][0]["extensions"]["code"] if "errors" in answer else None


def test_every_type_that_is_not_public_says_who_reads_it() -> None:
    private = {
        kind.name
        for kind in declarations.object_types(SCHEMA)
        if any(made.name == "Node" for made in kind.interfaces)
        and Permission.READ_PUBLIC not in (declarations.audience_of(kind) or ())
    }

    # a review and a photo are public once they are published; the samples are not
    assert set(READERS) == private | {"Review", "Photo"}


def test_what_a_published_review_says_to_some_it_says_to_nobody_else(walk: Walk) -> None:
    review = walk.api.database.writing(
        lambda session: ugc.published_review(session, author_id=walk.samples["Customer"])
    )
    document = "query ($id: ID!) { node(id: $id) { ... on Review { standing { status } sentPhotos { id } } } }"

    for person in walk.people:
        if person.is_known:
            told = person.callee.data(document, id=to_public("Review", review))["node"]
            knows = person.is_owner or Permission.READ_REVIEWS in person.may
            assert [told["standing"] is not None, told["sentPhotos"] is not None] == [knows, knows], person.name


def test_another_customer_cannot_act_on_what_is_not_theirs(walk: Walk) -> None:
    bea = next(person.callee for person in walk.people if person.name == "another customer")
    review, photo, product = (to_public(kind, walk.samples[kind]) for kind in ("Review", "Photo", "Product"))
    words = 'rating: 1, title: "Mine now", body: "Words that were never hers to write here."'
    acts = {
        "editReview": f'reviewId: "{review}", version: 1, {words}',
        "withdrawReview": f'reviewId: "{review}"',
        "submitReview": f'productId: "{product}", photoIds: ["{photo}"], {words}',
    }

    for act, given in acts.items():
        told = bea.data(f"mutation {{ {act}(input: {{ {given} }}) {{ userErrors {{ code }} }} }}")
        assert len(told[act]["userErrors"]) == 1, act
        walk.must_be_unchanged(act)
