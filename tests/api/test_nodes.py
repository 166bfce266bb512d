"""`node` gives one object of every type that the schema calls a Node: that type, and to those alone who may see it."""

import pytest
from graphql import GraphQLInterfaceType

from api.schema import build_schema
from core.identity import Role
from core.ids import to_public
from tests.api.conftest import Api
from tests.api.samples import numbers
from tests.make import shop

NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
# what everybody with a publishable key may see; of the other types the samples are Ada's, and not public
PUBLIC = frozenset(
    {"EarningRule", "MembershipPlan", "Product", "ProductFamily", "Program", "Reward", "Storefront", "Tier"}
)


# what is no customer's at all
STAFF_ONLY = frozenset({"PageCheck", "WebhookDelivery", "WebhookEndpoint"})


def node_types() -> set[str]:
    """The names of the schema's node types."""
    schema = build_schema()._schema
    node = schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return {kind.name for kind in schema.get_possible_types(node)}


@pytest.fixture
def samples(api: Api) -> dict[str, str]:
    """The public id of one object of each type."""
    made = api.database.writing(lambda session: numbers(session, api.storefront.id))
    return {kind: to_public(kind, number) for kind, number in made.items()}


def test_every_node_type_has_its_sample(samples: dict[str, str]) -> None:
    assert set(samples) == node_types()


def test_each_is_given_as_its_own_type_to_its_owner_and_to_staff(api: Api, samples: dict[str, str]) -> None:
    for caller, kinds in ((api.as_customer("ada"), samples.keys() - STAFF_ONLY), (api.as_staff(Role.ADMIN), samples)):
        for kind in kinds:
            public_id = samples[kind]
            assert caller.data(NODE, id=public_id)["node"] == {"__typename": kind, "id": public_id}


def test_what_is_private_is_nothing_to_another_customer_and_to_visitors(api: Api, samples: dict[str, str]) -> None:
    for caller in (api.as_customer("bea"), api.as_visitor()):
        seen = {kind for kind, public_id in samples.items() if caller.data(NODE, id=public_id)["node"] is not None}
        assert seen == PUBLIC


def test_an_id_of_another_type_is_nothing(api: Api, samples: dict[str, str]) -> None:
    admin, product = api.as_staff(Role.ADMIN), api.database.writing(lambda session: shop.product(session, "scarf"))

    found = [kind for kind in samples.keys() - {"Product"} if admin.data(NODE, id=to_public(kind, product))["node"]]

    assert found == []
