"""What caches are told: everybody's answers for a while, under keys that renew them; anything else not at all."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient

from api.app import create_app
from api.provenance import MOST_KEYS, Provenance
from core.identity import Permission, Role
from core.ids import to_public
from core.settings import Settings, settings
from publishing import surrogate_keys
from shop.queries.products import ProductRow
from tests.api.conftest import Api, Callee, make_storefront
from tests.api.reading import PAGE, get, is_public, keys
from tests.make import loyalty as make_loyalty
from tests.make import shop as make
from tests.make import ugc as make_ugc

_PUBLIC = "public, max-age=60, stale-while-revalidate=300"
_PRIVATE = "private, no-store"
_TOLD = "application/graphql-response+json"


@pytest.fixture
def products(api: Api) -> dict[str, int]:
    """Two cups that share their reviews, one of them reviewed, and a hat."""

    def step(session: Session) -> dict[str, int]:
        made = {handle: make.product(session, handle) for handle in ("red", "blue", "hat")}
        make.family(session, made["red"], made["blue"])
        make_ugc.published_review(session, product_id=made["red"])
        return made

    return api.database.writing(step)


def test_a_products_page_is_everybodys_and_names_what_renews_it(api: Api, products: dict[str, int]) -> None:
    answer = get(api.as_visitor(), PAGE, handle="red")

    assert answer.json()["data"]["product"]["reviews"]["nodes"] != []
    assert answer.headers["cache-control"] == _PUBLIC
    assert keys(answer) == sorted(f"product-{products[handle]}" for handle in ("red", "blue"))
    assert set(answer.headers["vary"].split(", ")) == {"Accept", "Authorization", "Fidelio-Storefront-Key", "Origin"}


def test_a_page_without_its_family_names_itself_alone(api: Api, products: dict[str, int]) -> None:
    answer = get(api.as_visitor(), '{ product(handle: "hat") { name ratingSummary { count } } }')

    assert keys(answer) == [f"product-{products['hat']}"]


def test_a_list_names_its_products_and_itself(api: Api, products: dict[str, int]) -> None:
    answer = get(api.as_visitor(), "{ products(first: 2) { nodes { name } } }")

    assert keys(answer) == [*sorted(f"product-{products[handle]}" for handle in ("red", "blue")), "products"]


def test_programs_and_the_storefront_have_keys_of_their_own(api: Api) -> None:
    api.database.writing(make_loyalty.program)

    answer = get(
        api.as_visitor(), "{ programs { nodes { name rules { points } tiers { name } } } storefront { name } }"
    )

    assert (keys(answer), answer.headers["cache-control"]) == (["programs", "storefronts"], _PUBLIC)


def test_node_names_the_product_of_a_review(api: Api, products: dict[str, int]) -> None:
    (review,) = get(api.as_visitor(), PAGE, handle="red").json()["data"]["product"]["reviews"]["nodes"]

    document = "query One($id: ID!) { node(id: $id) { id ... on Review { body } ... on Product { name } } }"
    answer = get(api.as_visitor(), document, id=review["id"])
    assert keys(answer) == [f"product-{products['red']}"]


def test_what_no_key_stands_for_is_not_kept(api: Api, products: dict[str, int]) -> None:
    family = to_public("ProductFamily", 1)
    for document in (
        "{ __typename }",
        '{ product(handle: "unheard-of") { name } }',
        f'{{ product(handle: "hat") {{ name }} node(id: "{family}") {{ id }} }}',
    ):
        answer = get(api.as_visitor(), document)
        assert (answer.headers["cache-control"], "surrogate-key" in answer.headers) == (_PRIVATE, False), document


def test_who_has_the_answer_gets_a_304_with_the_same_headers(api: Api, products: dict[str, int]) -> None:
    first = get(api.as_visitor(), PAGE, handle="red")
    tag = first.headers["etag"]

    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = get(api.as_visitor(), PAGE, headers={"If-None-Match": sent}, handle="red")
        assert (again.status_code, again.content) == (304, b"")
        kept = {name: value for name, value in first.headers.items() if not name.startswith("content-")}
        assert dict(again.headers) == kept
    assert get(api.as_visitor(), PAGE, headers={"If-None-Match": '"other"'}, handle="red").status_code == 200


def test_another_representation_has_another_tag(api: Api, products: dict[str, int]) -> None:
    visitor = api.as_visitor()

    tags = {
        get(visitor, PAGE, headers={"Accept": accept}, handle=handle).headers["etag"]
        for accept in ("application/json", _TOLD)
        for handle in ("red", "hat")
    }

    assert len(tags) == 4


def test_a_browsers_origin_is_allowed_and_named_once(api: Api, products: dict[str, int]) -> None:
    origin = "https://main.example"
    tag = get(api.as_visitor(), PAGE, handle="hat").headers["etag"]

    for more, status in (({}, 200), ({"If-None-Match": tag}, 304)):
        answer = get(api.as_visitor(), PAGE, headers={"Origin": origin, **more}, handle="hat")
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, origin)
        assert answer.headers["vary"] == "Accept, Authorization, Fidelio-Storefront-Key, Origin"


def test_a_key_in_the_address_makes_the_address_say_all(api: Api, products: dict[str, int]) -> None:
    params = {"query": '{ product(handle: "hat") { name } }', "key": api.storefront.publishable_key}

    answer = api.client.get("/graphql", params=params)

    assert answer.headers["cache-control"] == _PUBLIC


def test_storefronts_never_share_a_representation_unseen(api: Api, products: dict[str, int]) -> None:
    other = make_storefront(api.database, "other", locale="fr-FR", currency="EUR")

    one, two = (get(api.as_visitor(shop), "{ storefront { name } }") for shop in (api.storefront, other))

    assert one.headers["etag"] != two.headers["etag"]
    assert "Fidelio-Storefront-Key" in one.headers["vary"]


def everyone(api: Api) -> Iterator[Callee]:
    """Every kind of caller who has shown more than a storefront's key, or less."""
    yield api.as_nobody()
    yield api.as_customer("c-1")
    yield from (api.as_staff(role) for role in Role)
    yield api.as_service(Permission.READ_REVIEWS)


def test_who_shows_more_than_a_storefronts_key_gets_nothing_to_keep(api: Api, products: dict[str, int]) -> None:
    for caller in everyone(api):
        answer = get(caller, PAGE, handle="red")
        assert answer.headers["cache-control"] == _PRIVATE, caller.headers
        assert "surrogate-key" not in answer.headers
        assert "etag" not in answer.headers


def test_a_token_that_is_no_good_makes_nothing_public(api: Api, products: dict[str, int]) -> None:
    for token in ("Bearer nonsense", "Basic dTpw", "bearer "):
        answer = get(api.as_visitor(), PAGE, headers={"Authorization": token}, handle="hat")
        assert answer.headers["cache-control"] == _PRIVATE, token


def test_an_error_is_never_kept(api: Api, products: dict[str, int]) -> None:
    documents = (
        "{ product { name } }",
        '{ product(handle: "hat") { name } memberships { nodes { id } } }',
        "{",
        "{ no }",
    )
    for document in documents:
        answer = get(api.as_visitor(), document)
        assert "errors" in answer.json()
        assert answer.headers["cache-control"] == _PRIVATE, document
    assert api.client.get("/graphql", headers={"Accept": "text/csv"}).headers["cache-control"] == _PRIVATE


def test_a_field_that_is_not_everybodys_keeps_the_whole_answer_private(api: Api, products: dict[str, int]) -> None:
    for extra in (
        "viewer { kind }",
        'a: product(handle: "red") { reviews { nodes { standing { status } } } }',
        "__schema { queryType { name } }",
    ):
        for spread in (extra, f"... on Query {{ {extra} }}", f"...Extra }} fragment Extra on Query {{ {extra}"):
            answer = get(api.as_visitor(), f'{{ product(handle: "hat") {{ name }} {spread} }}')
            assert "errors" not in answer.json(), answer.json()
            assert answer.headers["cache-control"] == _PRIVATE, spread


def test_only_the_operation_that_runs_decides(api: Api, products: dict[str, int]) -> None:
    document = 'query A { product(handle: "hat") { name } } query B { viewer { kind } }'

    for name, expected in (("A", _PUBLIC), ("B", _PRIVATE)):
        params = {"query": document, "operationName": name}
        answer = api.client.get("/graphql", params=params, headers=api.as_visitor().headers)
        assert answer.headers["cache-control"] == expected


def test_a_post_is_never_stored(api: Api, products: dict[str, int]) -> None:
    for caller in (api.as_visitor(), api.as_customer("c-1")):
        answer = api.client.post("/graphql", json={"query": "{ products { nodes { id } } }"}, headers=caller.headers)
        assert answer.headers["cache-control"] == "no-store"
        assert not {"etag", "surrogate-key", "cache-tag"} & answer.headers.keys()


def test_an_answer_with_more_products_than_a_header_can_name_is_not_kept() -> None:
    provenance = Provenance()
    provenance.note([_row(number) for number in range(1, MOST_KEYS + 1)])
    longest = [surrogate_keys.of_product(2**63 - number) for number in range(MOST_KEYS)]
    assert len(" ".join(longest)) < 16_000
    assert len(provenance.keys()) == MOST_KEYS

    provenance.note(_row(MOST_KEYS + 1))

    assert provenance.keys() == []


def _row(number: int) -> ProductRow:
    return ProductRow._make([number, *[None] * (len(ProductRow._fields) - 1)])


def test_how_long_is_a_setting(api: Api, products: dict[str, int]) -> None:
    chosen = settings().model_copy(update={"cache_seconds": 5, "shared_cache_seconds": 3600, "cache_stale_seconds": 0})
    assert isinstance(chosen, Settings)

    with TestClient(create_app(api.database, chosen)) as client:
        answer = get(Callee(client, api.as_visitor().headers), PAGE, handle="hat")

    assert answer.headers["cache-control"] == "public, max-age=5, s-maxage=3600, stale-while-revalidate=0"
    assert is_public(answer)
