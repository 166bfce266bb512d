"""`node` gives one object of every type that the schema calls a Node: that type, and to those alone who may see it."""

import pytest
from graphql import GraphQLInterfaceType
from sqlmodel import Session

from api.schema import build_schema
from core.identity import Role
from core.ids import to_public
from loyalty import adjustments, memberships, referrals, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.memberships import JoinDraft
from loyalty.tables import EarningRule, Reward, Tier
from tests.api.conftest import Api
from tests.loyalty.sums import only
from tests.make import loyalty, photos, shop, ugc
from tests.make.shop import accepted

NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
# what everybody with a publishable key may see; of the other types the samples are Ada's, and not public
PUBLIC = frozenset({"EarningRule", "Product", "ProductFamily", "Program", "Reward", "Storefront", "Tier"})


def node_types() -> set[str]:
    """The names of the schema's node types."""
    schema = build_schema()._schema
    node = schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return {kind.name for kind in schema.get_possible_types(node)}


def of_shop(session: Session, storefront_id: int) -> dict[str, int]:
    """What everybody sees, and a paid order of Ada's with a refund."""
    hat = shop.product(session, "hat")
    order = shop.order(session, storefront_id=storefront_id, external_id="1", customer="ada")
    return {
        "Storefront": storefront_id,
        "Product": hat,
        "ProductFamily": shop.family(session, hat),
        "Customer": shop.customer(session, "ada", storefront_id=storefront_id),
        "Order": order,
        "Refund": shop.refund(session, "1", ("line-1", 1, 100), storefront_id=storefront_id),
    }


def of_ugc(session: Session, ada: int) -> dict[str, int]:
    """A review and a photo of Ada's that wait for a decision."""
    review = ugc.review(session, author_id=ada)
    return {"Review": review, "Photo": photos.photo(session, customer_id=ada, review_id=review)}


def of_loyalty(session: Session, ada: int, friend: int) -> dict[str, int]:
    """A program in which Ada was given points, took a reward for them and brought a friend."""
    parts = loyalty.program_draft(loyalty.A_FRIEND, rewards=(loyalty.voucher(),), tiers=(loyalty.tier("Base", 0),))
    program = loyalty.program(session, parts)
    member = accepted(memberships.join(session, JoinDraft(program, ada, "1", "TEST")))
    accepted(memberships.join(session, JoinDraft(program, friend, "1", "TEST")))
    code = accepted(referrals.create_code(session, customer_id=ada, program_id=program))
    gift = AdjustmentDraft(membership_id=member, points=100, reason="Welcome", actor_id=1)
    reward = only(session, Reward).id
    return {
        "Program": program,
        "EarningRule": only(session, EarningRule).id,
        "Reward": reward,
        "Tier": only(session, Tier).id,
        "Membership": member,
        "LedgerEntry": accepted(adjustments.adjust(session, gift)),
        "Redemption": accepted(rewards.redeem(session, customer_id=ada, reward_id=reward)),
        "Referral": accepted(referrals.accept(session, customer_id=friend, code=code)),
    }


@pytest.fixture
def samples(api: Api) -> dict[str, str]:
    """The public id of one object of each type."""

    def make(session: Session) -> dict[str, int]:
        shops = of_shop(session, api.storefront.id)
        ada, friend = shops["Customer"], shop.customer(session, "friend", storefront_id=api.storefront.id)
        return {**shops, **of_ugc(session, ada), **of_loyalty(session, ada, friend)}

    return {kind: to_public(kind, number) for kind, number in api.database.writing(make).items()}


def test_every_node_type_has_its_sample(samples: dict[str, str]) -> None:
    assert set(samples) == node_types()


def test_each_is_given_as_its_own_type_to_its_owner_and_to_staff(api: Api, samples: dict[str, str]) -> None:
    for caller in (api.as_customer("ada"), api.as_staff(Role.ADMIN)):
        for kind, public_id in samples.items():
            assert caller.data(NODE, id=public_id)["node"] == {"__typename": kind, "id": public_id}


def test_what_is_private_is_nothing_to_another_customer_and_to_visitors(api: Api, samples: dict[str, str]) -> None:
    for caller in (api.as_customer("bea"), api.as_visitor()):
        seen = {kind for kind, public_id in samples.items() if caller.data(NODE, id=public_id)["node"] is not None}
        assert seen == PUBLIC


def test_an_id_of_another_type_is_nothing(api: Api, samples: dict[str, str]) -> None:
    admin, product = api.as_staff(Role.ADMIN), api.database.writing(lambda session: shop.product(session, "scarf"))

    found = [kind for kind in samples.keys() - {"Product"} if admin.data(NODE, id=to_public(kind, product))["node"]]

    assert found == []
