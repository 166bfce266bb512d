"""Product facts as Open Graph tags, in the order that readers need. Twitter's own tags live in twitter.py.

Order and properties: https://ogp.me (structured properties follow their root; the first of an array wins) and
the `product:` names that Meta and Pinterest read. There is no rating property: the rating is told in the
description.
"""

from core.texts import say
from seo.markup import localised
from seo.markup.escaping import as_attribute, one_line, web_url
from seo.markup.facts import Availability, ImageFacts, ProductFacts, RatingFacts

DESCRIPTION_CHARACTERS = 200

_AVAILABILITY = {
    Availability.IN_STOCK: "in stock",
    Availability.OUT_OF_STOCK: "out of stock",
    Availability.PREORDER: "preorder",
    Availability.BACKORDER: "available for order",
    Availability.DISCONTINUED: "discontinued",
}


def html(facts: ProductFacts) -> str:
    """The tags as lines of `<meta property content>`."""
    return "\n".join(f'<meta property="{name}" content="{as_attribute(value)}">' for name, value in tags(facts))


def tags(facts: ProductFacts) -> tuple[tuple[str, str], ...]:
    """(property, content) pairs in the order to be written; a property without a value is left out."""
    pairs = [("og:title", one_line(facts.name)), ("og:type", "product"), ("og:url", web_url(facts.url))]
    for image in facts.images:
        pairs += image_tags(image)
    pairs += [
        ("og:description", description(facts)),
        ("og:site_name", one_line(facts.site_name)),
        ("og:locale", localised.open_graph_locale(facts.locale) or ""),
        *_product(facts),
    ]
    return tuple((name, value) for name, value in pairs if value)


def description(facts: ProductFacts) -> str:
    """What a share says: the rating first, when there is one, then the product's description, at most 200
    characters.
    """
    text = one_line(facts.description)
    if facts.rating is not None:
        text = f"{_rating_sentence(facts.rating, locale=facts.locale)} {text}".strip()
    return shortened(text)


def shortened(text: str) -> str:
    """One line of text cut at a word, with its ellipsis, to what a share shows of a description."""
    if len(text) <= DESCRIPTION_CHARACTERS:
        return text
    return text[: DESCRIPTION_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _rating_sentence(rating: RatingFacts, *, locale: str) -> str:
    mean = localised.mean(rating.mean_tenths, locale=locale)
    return say("seo", "markup.share_rating", locale, mean=mean, count=rating.review_count)


def image_tags(image: ImageFacts) -> list[tuple[str, str]]:
    """The picture and what is known of it, in the order that readers need; nothing without a web address."""
    if not web_url(image.url):
        return []
    sizes = [("og:image:width", image.width), ("og:image:height", image.height)]
    return [
        ("og:image", image.url),
        *((name, str(size)) for name, size in sizes if size),
        ("og:image:alt", one_line(image.alt)),
    ]


def _product(facts: ProductFacts) -> list[tuple[str, str]]:
    pairs = [
        ("product:brand", one_line(facts.brand)),
        ("product:retailer_item_id", "" if facts.is_group else facts.sku),
    ]
    if facts.is_group:
        pairs.append(("product:item_group_id", facts.sku))
    if facts.offer is not None:
        pairs += [
            ("product:price:amount", facts.offer.price.decimal()),
            ("product:price:currency", facts.offer.price.currency),
            ("product:availability", _AVAILABILITY[facts.offer.availability]),
        ]
    return pairs
