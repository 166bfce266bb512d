"""OG-15: og:type is product and price, currency or availability are missing, or other than in the markup."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.ratings import PRODUCTS
from seo.rules.rule import Rule
from seo.social_tags import SocialTag, first
from seo.structured_data import Item
from seo.subject import Subject

_AMOUNTS = ("product:price:amount", "og:price:amount")
_CURRENCIES = ("product:price:currency", "og:price:currency")
_AVAILABILITIES = ("product:availability", "og:availability")


def check(subject: Subject) -> Outcome:
    """A product's share needs all three, equal to those of the page's only Offer. Evidence: what is missing or
    differs.
    """
    kind = first(subject.social, "og:type")
    if kind is None or kind.content.lower() not in ("product", "og:product", "product.item"):
        return NOT_APPLICABLE
    found = {names[0]: _first(subject, names) for names in (_AMOUNTS, _CURRENCIES, _AVAILABILITIES)}
    missing = [name for name, tag in found.items() if tag is None]
    if missing:
        return failed(replace(kind.evidence, excerpt=", ".join(missing)))
    amount, currency = found[_AMOUNTS[0]], found[_CURRENCIES[0]]
    differing = [
        shown for tag, name in ((amount, "price"), (currency, "priceCurrency")) if (shown := _other(tag, name, subject))
    ]
    return failed(*differing) if differing else passed()


def _first(subject: Subject, names: tuple[str, ...]) -> SocialTag | None:
    return next((tag for name in names if (tag := first(subject.social, name))), None)


def _other(tag: SocialTag | None, name: str, subject: Subject) -> Evidence | None:
    offers = [offer for offer in _offers(subject) if offer.text(name)]
    if tag is None or len(offers) != 1 or _plain(offers[0].text(name)) == _plain(tag.content):
        return None
    return replace(tag.evidence, excerpt=f"{tag.name}: {tag.content} ≠ {name} {offers[0].text(name)}")


def _offers(subject: Subject) -> list[Item]:
    products = [item for item, _ in subject.structured.everywhere() if item.is_a(*PRODUCTS)]
    return [offer for product in products for offer in product.items("offers") if offer.is_a("Offer")]


def _plain(text: str) -> str:
    try:
        return f"{Decimal(text.strip()).normalize():f}"
    except InvalidOperation:
        return text.strip().upper()


RULE = Rule(
    code="OG-15",
    id="incomplete-product-tags",
    severity=Severity.WARNING,
    title_pass="A product's share tells its price and availability",
    title_fail="A product's share lacks its price or availability, or tells another",
    why="Catalogues and product pins are made from these tags, and are refused or show a wrong price without them.",
    example="og:type product without product:price:amount",
    remedy=(
        "Write product:price:amount, product:price:currency and product:availability from the same data as the offer."
    ),
    source="https://developers.pinterest.com/docs/web-features/product-rich-pins/",
    check=check,
)
