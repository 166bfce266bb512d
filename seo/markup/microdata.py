"""The visible block of rating and reviews, with schema.org microdata in it: semantic HTML that a shop styles
as it likes.

The same facts as jsonld.py, for shops that prefer microdata. Machine values stand in `data value` and `time
datetime`, so that the reader sees `4,6` and `3 mars 2026` where machines read 4.6 and an ISO date.
"""

from datetime import datetime

from core.texts import say
from seo.markup import localised
from seo.markup.escaping import as_attribute, as_text, one_line, web_url
from seo.markup.facts import ImageFacts, ProductFacts, RatingFacts, ReviewFacts

_SCHEMA = "https://schema.org"


def fragment(facts: ProductFacts) -> str:
    """A `<section>` to be put in the page's body; an empty string when there is no review."""
    if facts.rating is None:
        return ""
    names = ("ProductGroup" if facts.is_group else "Product", *facts.extra_types)
    kinds = as_attribute(" ".join(f"{_SCHEMA}/{name}" for name in names))
    lines = [
        f'<section class="fidelio-reviews" lang="{as_attribute(facts.locale)}" itemscope itemtype="{kinds}">',
        *_identity(facts),
        f"<h2>{as_text(say('seo', 'markup.heading', facts.locale))}</h2>",
        *_aggregate(facts.rating, locale=facts.locale),
        *_histogram(facts.rating, locale=facts.locale),
        *(line for review in facts.reviews for line in _review(review, locale=facts.locale)),
        "</section>",
    ]
    return "\n".join(lines)


def _identity(facts: ProductFacts) -> list[str]:
    own = {"name": facts.name, "description": facts.description, "gtin": facts.gtin, "mpn": facts.mpn}
    own["productGroupID" if facts.is_group else "sku"] = facts.sku
    lines = [_meta(name, value) for name, value in own.items() if one_line(value)]
    lines += [_link("url", facts.url), *(_link("image", image.url) for image in facts.images)]
    if one_line(facts.brand):
        lines.append(f"<div {_item('Brand', prop='brand')}>{_meta('name', facts.brand)}</div>")
    if facts.offer is not None:
        lines += [
            f"<div {_item('Offer', prop='offers')}>",
            _link("url", facts.offer.url),
            _meta("price", facts.offer.price.decimal()),
            _meta("priceCurrency", facts.offer.price.currency),
            _link("availability", f"{_SCHEMA}/{facts.offer.availability}"),
            "</div>",
        ]
    return [line for line in lines if line]


def _aggregate(rating: RatingFacts, *, locale: str) -> list[str]:
    mean = localised.mean(rating.mean_tenths, locale=locale)
    reviews = say("seo", "markup.review_count", locale, count=rating.review_count)
    label = say("seo", "markup.out_of_five", locale, mean=mean)
    return [
        f'<div class="fidelio-rating" {_item("AggregateRating", prop="aggregateRating")}>',
        f"<p>{_stars((rating.mean_tenths + 5) // 10, label=label)}",
        f"{_data('ratingValue', rating.mean, shown=mean)} / {_data('bestRating', '5', shown='5')}",
        f"{_data('reviewCount', str(rating.review_count), shown=reviews)}</p>",
        _meta("ratingCount", str(rating.count)),
        _meta("worstRating", "1"),
        "</div>",
    ]


def _histogram(rating: RatingFacts, *, locale: str) -> list[str]:
    rows = [
        f"<li>{as_text(say('seo', 'markup.stars', locale, count=stars))}"
        f" <span>{localised.integer(rating.histogram[stars - 1], locale=locale)}</span></li>"
        for stars in (5, 4, 3, 2, 1)
    ]
    return ['<ul class="fidelio-histogram">', *rows, "</ul>"]


def _review(review: ReviewFacts, *, locale: str) -> list[str]:
    lines = [
        f'<article class="fidelio-review" {_item("Review", prop="review")}>',
        f"<p><span {_item('Person', prop='author')}>",
        f'<bdi itemprop="name">{as_attribute(review.author_name)}</bdi></span>',
        f"{_day(review.published_at, locale=locale)}</p>",
        *_rating(review.rating, locale=locale),
        *_standing(review, locale=locale),
        *_words(review),
        *_photos(review),
        _meta("inLanguage", review.locale),
        _link("url", review.url),
        "</article>",
    ]
    return [line for line in lines if line]


def _day(published_at: datetime | None, *, locale: str) -> str:
    if published_at is None:
        return ""
    instant = published_at.isoformat(timespec="seconds")
    shown = as_text(localised.day(published_at, locale=locale))
    return f'<time itemprop="datePublished" datetime="{instant}">{shown}</time>'


def _standing(review: ReviewFacts, *, locale: str) -> list[str]:
    """What a reader must know to judge the words: who has bought, what was promised, when it was used."""
    said = [
        "markup.verified" if review.is_verified else "markup.unverified",
        *(["markup.incentivised"] if review.is_incentivised else []),
    ]
    lines = [f"<li>{as_text(say('seo', key, locale))}</li>" for key in said]
    if review.experienced_on is not None:
        day = f'<time datetime="{review.experienced_on.isoformat()}">'
        day += f"{as_text(localised.date_of(review.experienced_on, locale=locale))}</time>"
        lines.append(f"<li>{as_text(say('seo', 'markup.experienced', locale))} {day}</li>")
    return ['<ul class="fidelio-standing">', *lines, "</ul>"]


def _photos(review: ReviewFacts) -> list[str]:
    shown = [_photo(photo) for photo in review.photos if web_url(photo.url)]
    return ['<ul class="fidelio-photos">', *shown, "</ul>"] if shown else []


def _photo(photo: ImageFacts) -> str:
    size = f' width="{photo.width}" height="{photo.height}"' if photo.width and photo.height else ""
    address, words = as_attribute(photo.url), as_attribute(photo.alt)
    return f'<li><img itemprop="image" src="{address}" alt="{words}"{size} loading="lazy"></li>'


def _rating(stars: int, *, locale: str) -> list[str]:
    label = say("seo", "markup.out_of_five", locale, mean=str(stars))
    return [
        f"<p {_item('Rating', prop='reviewRating')}>{_stars(stars, label=label)}",
        f"{_data('ratingValue', str(stars), shown=str(stars))} / {_data('bestRating', '5', shown='5')}",
        f"{_meta('worstRating', '1')}</p>",
    ]


def _words(review: ReviewFacts) -> list[str]:
    language = f'lang="{as_attribute(review.locale)}" dir="auto"'
    title, body = as_attribute(review.title), as_text(review.body).replace("\n", "<br>\n")
    return [
        f'<h3 {language} itemprop="name">{title}</h3>' if title else "",
        f'<p {language} itemprop="reviewBody">{body}</p>' if body else "",
    ]


def _stars(full: int, *, label: str) -> str:
    drawn = "★" * full + "☆" * (5 - full)
    return f'<span class="fidelio-stars" role="img" aria-label="{as_attribute(label)}">{drawn}</span>'


def _item(kind: str, *, prop: str) -> str:
    return f'itemprop="{prop}" itemscope itemtype="{_SCHEMA}/{kind}"'


def _data(name: str, value: str, *, shown: str) -> str:
    return f'<data itemprop="{name}" value="{as_attribute(value)}">{as_text(shown)}</data>'


def _meta(name: str, content: str) -> str:
    return f'<meta itemprop="{name}" content="{as_text(content)}">'


def _link(name: str, url: str) -> str:
    return f'<link itemprop="{name}" href="{as_attribute(url)}">' if web_url(url) else ""
