"""Product facts as schema.org JSON-LD: one script, nested, nothing said that is not shown. Other forms live
beside.

Properties and their needs:
https://developers.google.com/search/docs/appearance/structured-data/review-snippet, .../product-snippet,
.../merchant-listing and .../product-variants (July 2026). Customers' pros and cons are never marked up: those
properties belong to editorial reviews alone.
"""

from collections.abc import Mapping

from seo.markup.escaping import as_script_json, clean, one_line, web_url
from seo.markup.facts import ImageFacts, OfferFacts, ProductFacts, RatingFacts, ReviewFacts, VariantFacts

# JSON's own recursive type, as far as we emit it.
Json = str | int | list["Json"] | dict[str, "Json"]


def script(facts: ProductFacts) -> str:
    """The whole `<script>` element, or an empty string when there is nothing that a reader of markup could
    use.
    """
    node = document(facts)
    return f'<script type="application/ld+json">{as_script_json(node)}</script>' if node else ""


def document(facts: ProductFacts) -> dict[str, Json] | None:
    """The JSON-LD node of the page's product.

    - A Product, or for a family a ProductGroup, which alone carries rating and reviews.
    - None when it has neither review nor offer: a bare name earns nothing and is reported as an error.
    - Without reviews there is no aggregateRating at all, never one of 0.
    """
    if facts.rating is None and facts.offer is None and not any(v.offer for v in facts.variants):
        return None
    node: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": _types(facts),
        "name": one_line(facts.name),
    }
    node |= _present({"description": clean(facts.description), "url": web_url(facts.url), "brand": _brand(facts.brand)})
    node |= _images(facts.images) | _identifiers(facts)
    if facts.offer is not None:
        node["offers"] = _offer(facts.offer)
    if facts.variants:
        node["hasVariant"] = [_variant(variant) for variant in facts.variants]
    if facts.rating is not None:
        node["aggregateRating"] = _aggregate(facts.rating)
    if facts.reviews:
        node["review"] = [_review(review) for review in facts.reviews]
    return node


def _types(facts: ProductFacts) -> Json:
    main = "ProductGroup" if facts.is_group else "Product"
    return [main, *facts.extra_types] if facts.extra_types else main


def _identifiers(facts: ProductFacts) -> dict[str, Json]:
    own = {"gtin": facts.gtin, "mpn": facts.mpn, "productGroupID" if facts.is_group else "sku": facts.sku}
    return _present({name: one_line(value) for name, value in own.items()})


def _variant(variant: VariantFacts) -> Json:
    node: dict[str, Json] = {"@type": "Product", "name": one_line(variant.name)}
    own = {"url": web_url(variant.url), "sku": variant.sku, "gtin": variant.gtin, "mpn": variant.mpn}
    node |= _present({name: one_line(value) for name, value in own.items()}) | _images(variant.images)
    if variant.offer is not None:
        node["offers"] = _offer(variant.offer)
    return node


def _offer(offer: OfferFacts) -> Json:
    return {
        "@type": "Offer",
        **_present({"url": web_url(offer.url)}),
        "price": offer.price.decimal(),
        "priceCurrency": offer.price.currency,
        "availability": f"https://schema.org/{offer.availability}",
    }


def _aggregate(rating: RatingFacts) -> Json:
    return {
        "@type": "AggregateRating",
        "ratingValue": rating.mean,
        "ratingCount": rating.count,
        "reviewCount": rating.review_count,
        "bestRating": 5,
        "worstRating": 1,
    }


def _review(review: ReviewFacts) -> Json:
    node: dict[str, Json] = {
        "@type": "Review",
        "author": {"@type": "Person", "name": one_line(review.author_name)},
        "reviewRating": {"@type": "Rating", "ratingValue": review.rating, "bestRating": 5, "worstRating": 1},
    }
    day = review.published_at.isoformat(timespec="seconds") if review.published_at else ""
    named = {
        "datePublished": day,
        "name": one_line(review.title),
        "reviewBody": clean(review.body),
        "inLanguage": one_line(review.locale),
    }
    return node | _present({**named, "url": web_url(review.url)}) | _images(review.photos)


def _brand(name: str) -> Json | None:
    return {"@type": "Brand", "name": one_line(name)} if one_line(name) else None


def _images(images: tuple[ImageFacts, ...]) -> dict[str, Json]:
    urls: list[Json] = [image.url for image in images if web_url(image.url)]
    return {"image": urls} if urls else {}


def _present(values: Mapping[str, Json | None]) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value}
