"""The demo shop's files agree with each other and with what README.md in their folder promises.

Loading them into a database is shown elsewhere.
"""

import json
import tomllib
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ugc.reasons import ReasonCode
from ugc.screening import SCREENS
from ugc.screening.screen import Circumstances, Copy, ReviewText
from ugc.screening.wording import body_hash

ROOT = Path(__file__).parents[2]
SEED = ROOT / "examples" / "seed"

Row = dict[str, Any]


def toml(name: str) -> Row:
    return tomllib.loads((SEED / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (SEED / name).read_text(encoding="utf-8").splitlines()]


SHOP = toml("shop.toml")
CUSTOMERS = {customer["id"]: customer for customer in toml("customers.toml")["customers"]}
LOYALTY = toml("loyalty.toml")
PRODUCTS = {product["id"]: product for product in SHOP["products"]}
ORDERS = rows("orders.jsonl")
REVIEWS = rows("reviews.jsonl")
RATES = {"EUR": Fraction(1), "USD": Fraction(LOYALTY["program"]["rates"][0]["rate"])}
TIERS = {tier["from_points"]: tier["handle"] for tier in LOYALTY["tiers"]}
YEAR = 365


def kept_minor(order: Row) -> int:
    """What the order's lines cost after its refunds, shipping aside."""
    bought = sum(line["quantity"] * line["unit_price_minor"] for line in order["lines"])
    back = sum(line["amount_minor"] for refund in order["refunds"] for line in refund["lines"])
    return int(bought - back)


def order_points(order: Row) -> int:
    return int(Fraction(kept_minor(order), 100) * RATES[order["currency"]])


def published(member: str, *, within_days: int) -> int:
    return sum(
        1
        for review in REVIEWS
        if review["customer"] == member and review["expected"] == "publish" and review["days_ago"] < within_days
    )


def qualifying(member: str, *, reviews_within_days: int = YEAR) -> int:
    orders = [order for order in ORDERS if order["customer"] == member and order["days_ago"] < YEAR]
    each = LOYALTY["earning"]["review_published"]
    return sum(map(order_points, orders)) + int(each) * published(member, within_days=reviews_within_days)


def tier(points: int) -> str:
    return str(TIERS[max(start for start in TIERS if start <= points)])


def members() -> list[str]:
    return [member["customer"] for member in LOYALTY["members"]]


@pytest.mark.parametrize(
    "ids",
    [
        [product["id"] for product in SHOP["products"]],
        [product["handle"] for product in SHOP["products"]],
        [product["sku"] for product in SHOP["products"]],
        [product["gtin"] for product in SHOP["products"]],
        [customer["id"] for customer in toml("customers.toml")["customers"]],
        [customer["email"] for customer in toml("customers.toml")["customers"]],
        [order["id"] for order in ORDERS],
        [line["id"] for order in ORDERS for line in order["lines"]],
        [review["id"] for review in REVIEWS],
        [(review["customer"], review["product"]) for review in REVIEWS],
        members(),
    ],
)
def test_nothing_is_named_twice(ids: list[object]) -> None:
    assert len(ids) == len(set(ids))


def test_gtins_stand_in_the_restricted_range_and_their_check_digit_holds() -> None:
    for product in PRODUCTS.values():
        digits = [int(digit) for digit in product["gtin"]]
        assert len(digits) == 13
        assert digits[0] == 2
        assert sum(digits[0::2]) % 10 == -3 * sum(digits[1::2]) % 10


def test_every_reference_leads_somewhere() -> None:
    families = {family["id"] for family in SHOP["families"]}
    categories = {category["handle"] for category in SHOP["categories"]}
    fronts = {front["handle"]: front["currency"] for front in SHOP["storefronts"]}
    assert {product["category"] for product in PRODUCTS.values()} == categories
    assert {p["family"] for p in PRODUCTS.values() if "family" in p} == families
    assert {customer["storefront"] for customer in CUSTOMERS.values()} == set(fronts)
    for order in ORDERS:
        assert fronts[order["storefront"]] == order["currency"]
        assert CUSTOMERS[order["customer"]]["storefront"] == order["storefront"]
        for line in order["lines"]:
            assert PRODUCTS[line["product"]]["price_minor"][order["currency"]] == line["unit_price_minor"]
    for review in REVIEWS:
        assert review["product"] in PRODUCTS
        assert CUSTOMERS[review["customer"]]["locale"] == review["locale"]
        assert CUSTOMERS[review["customer"]]["storefront"] == review["storefront"]


def test_addresses_are_reserved_ones() -> None:
    hosts = {customer["email"].partition("@")[2] for customer in CUSTOMERS.values()}
    assert hosts == {"example.org", "example.com", "example.net"}


def test_refunds_never_exceed_their_line_and_follow_their_order() -> None:
    kinds = Counter[str]()
    for order in (order for order in ORDERS if order["refunds"]):
        lines = {line["id"]: line for line in order["lines"]}
        for refund in order["refunds"]:
            assert refund["days_ago"] < order["days_ago"]
            for part in refund["lines"]:
                line = lines[part["line"]]
                assert part["quantity"] <= line["quantity"]
                assert 0 < part["amount_minor"] <= line["quantity"] * line["unit_price_minor"]
        kinds["whole" if kept_minor(order) == 0 else "partial"] += 1
    assert kinds["whole"] >= 1
    assert kinds["partial"] >= 3


def test_every_tier_has_members_and_one_stands_twenty_points_under_gold() -> None:
    points = {member: qualifying(member) for member in members()}
    held = Counter(tier(value) for value in points.values())
    assert held == {"gold": 4, "silver": 12, "bronze": 24}
    (nearly,) = [member for member, value in points.items() if value == 980]
    waiting = [r for r in REVIEWS if r["customer"] == nearly and r["expected"] == "queue"]
    assert [(review["rating"], review["fair"]["decision"]) for review in waiting] == [(1, "approve")]


def test_tiers_do_not_hang_on_the_day_old_reviews_are_rewarded() -> None:
    for member in members():
        assert tier(qualifying(member)) == tier(qualifying(member, reviews_within_days=9999))


def test_members_join_before_what_they_earn_and_can_pay_for_what_they_redeem() -> None:
    rewards = {reward["handle"]: reward["points"] for reward in LOYALTY["rewards"]}
    joined = {member["customer"]: member["joined_days_ago"] for member in LOYALTY["members"]}
    spent = Counter[str]()
    for order in ORDERS:
        assert order["days_ago"] <= joined.get(order["customer"], YEAR * 9)
    for use in sorted(LOYALTY["redemptions"], key=lambda use: -use["days_ago"]):
        earned = sum(
            order_points(order)
            for order in ORDERS
            if order["customer"] == use["member"] and order["days_ago"] > use["days_ago"]
        )
        spent[use["member"]] += rewards[use["reward"]]
        assert spent[use["member"]] <= earned


def test_two_referrals_are_completed_by_the_friend_s_first_order() -> None:
    done = [referral for referral in LOYALTY["referrals"] if referral["state"] == "completed"]
    assert len(done) == 2
    for referral in done:
        orders = [order for order in ORDERS if order["customer"] == referral["friend"]]
        first = max(orders, key=lambda order: order["days_ago"])
        assert first["id"] == referral["order"]
        assert first["days_ago"] < referral["accepted_days_ago"] < referral["invited_days_ago"]


def test_reviews_come_in_three_languages_with_every_number_of_stars() -> None:
    assert Counter(r["locale"] for r in REVIEWS) == {"fr-FR": 70, "en-US": 55, "zh-Hant": 25}
    assert Counter(r["expected"] for r in REVIEWS) == {"publish": 127, "queue": 19, "reject": 4}
    assert min(Counter(r["rating"] for r in REVIEWS).values()) >= 8
    assert Counter(r["fair"]["decision"] for r in REVIEWS if r["expected"] == "queue") == {"approve": 5, "reject": 14}
    assert {p for p in PRODUCTS if all(r["product"] != p for r in REVIEWS)} == {"torchon-damier"}


def test_no_text_recurs_but_the_two_that_wait_for_it() -> None:
    texts = Counter(review["body"] for review in REVIEWS)
    repeated = [r for r in REVIEWS if texts[r["body"]] > 1 and r["expected"] == "queue"]
    assert [review["held_by"] for review in repeated] == [["REPEATED_BY_AUTHOR"], ["REPEATED_BY_OTHER"]]
    assert sum(count - 1 for count in texts.values()) == 2


@cache
def first_bought() -> dict[tuple[str, str], int]:
    """Days ago of the first order of a product by a customer."""
    lines = [(order, line) for order in ORDERS for line in order["lines"]]
    days: dict[tuple[str, str], int] = {}
    for order, line in lines:
        days.setdefault((order["customer"], line["product"]), order["days_ago"])
    return days


def has_bought(review: Row) -> bool:
    return first_bought().get((review["customer"], review["product"]), -1) > int(review["days_ago"])


def test_most_reviewers_bought_what_they_speak_of() -> None:
    assert sum(map(has_bought, REVIEWS)) > 0.85 * len(REVIEWS)


def circumstances(review: Row) -> Circumstances:
    """What the files say stood around a review when it was written; the author's key is the customer's id."""
    earlier = [other for other in REVIEWS if other["days_ago"] > review["days_ago"]]
    mine = [other for other in earlier if other["customer"] == review["customer"]]
    words = body_hash(review["body"])
    same = [other for other in earlier if body_hash(other["body"]) == words]
    family = PRODUCTS[review["product"]].get("family")
    return Circumstances(
        has_bought=has_bought(review),
        published_before=sum(1 for other in mine if other["expected"] == "publish"),
        copies=tuple(
            Copy(
                review_id=REVIEWS.index(other),
                same_author=other in mine,
                same_product=other["product"] == review["product"],
                same_family=family is not None and PRODUCTS[other["product"]].get("family") == family,
            )
            for other in same
        ),
    )


@pytest.mark.parametrize("review", REVIEWS, ids=lambda review: review["id"])
def test_the_screens_hold_what_the_file_says_they_hold_and_nothing_else(review: Row) -> None:
    text = ReviewText(review["title"], review["body"], review["locale"])

    verdicts = [screen.look(text, circumstances(review)) for screen in SCREENS]

    assert [verdict.code for verdict in verdicts if verdict.code] == review.get("held_by", [])


def test_reasons_are_the_moderators_own() -> None:
    for review in REVIEWS:
        fair = review.get("fair", {"decision": "approve"})
        assert ("reason" in fair) == (fair["decision"] == "reject")
        assert fair.get("reason", "LINK") in set(ReasonCode)
        assert review["expected"] != "reject" or not ReasonCode(fair["reason"]).editable


def test_pictures_exist_and_are_small() -> None:
    photos = [photo for review in REVIEWS for photo in review["photos"]]
    assert len(photos) == len(set(photos)) >= 8
    files = [SEED / "photos" / photo for photo in photos]
    files += [SEED / product["picture"] for product in PRODUCTS.values()]
    for file in files:
        assert file.stat().st_size < 62_000


def test_one_photo_carries_a_place_and_a_turn_that_must_not_survive() -> None:
    with Image.open(SEED / "photos" / "galet-garden.jpg") as photo:
        exif = photo.getexif()
        assert exif[0x0112] == 6
        assert exif.get_ifd(0x8825)
