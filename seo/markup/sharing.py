"""One review to be shared: its page with the tags that social networks read, and what oEmbed embeds of it.

The share links are plain addresses: no network's script runs, and none is told anything before its link is followed.
Source of the embed: https://oembed.com (type `rich`).
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from core.texts import say
from seo.markup import localised, opengraph
from seo.markup.escaping import as_attribute, as_text, one_line, web_url
from seo.markup.facts import ImageFacts, ProductFacts, ReviewFacts

_CACHE_SECONDS = 3600
_TITLE_CHARACTERS = 70
_NETWORKS = (
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("X", "https://x.com/intent/post?url={url}&text={title}"),
    ("Pinterest", "https://www.pinterest.com/pin/create/button/?url={url}&description={title}"),
    ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
    ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
)


@dataclass(frozen=True, slots=True)
class SharedReview:
    """A review with what it is about, and the addresses of its share page, its oEmbed answer and the page's style."""

    product: ProductFacts
    review: ReviewFacts
    url: str
    oembed_url: str
    style_url: str

    @property
    def locale(self) -> str:
        """The storefront's, which the page around the words is in."""
        return self.product.locale

    @property
    def title(self) -> str:
        """Who says what of it: `Anne D. on Brume teapot: 5 stars`."""
        stars = say("seo", "markup.stars", self.locale, count=self.review.rating)
        author, product = one_line(self.review.author_name), one_line(self.product.name)
        return say("seo", "share.title", self.locale, author=author, product=product, stars=stars)

    @property
    def image(self) -> ImageFacts | None:
        """The review's first photo, else the product's picture."""
        return next((image for image in (*self.review.photos, *self.product.images) if web_url(image.url)), None)


def page(shared: SharedReview) -> str:
    """The whole share page.

    It is `noindex`: the words have their place on the product's page, and a second one would compete with it. Networks
    read it all the same.
    """
    locale, title = as_attribute(shared.locale), as_text(shared.title)
    tags = "\n".join(f'<meta {kind}="{name}" content="{as_attribute(value)}">' for kind, name, value in _tags(shared))
    alternate = f'href="{as_attribute(shared.oembed_url)}" title="{as_attribute(shared.title)}"'
    return (
        f'<!doctype html>\n<html lang="{locale}" class="fidelio-shared">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n{tags}\n"
        f'<link rel="stylesheet" href="{as_attribute(shared.style_url)}">\n'
        f'<link rel="alternate" type="application/json+oembed" {alternate}>\n'
        f"</head>\n<body>\n<main>\n{quotation(shared)}\n{links(shared)}\n</main>\n</body>\n</html>\n"
    )


def quotation(shared: SharedReview) -> str:
    """The review itself as HTML that needs nothing around it."""
    review = shared.review
    own = f'lang="{as_attribute(review.locale)}" dir="auto"'
    stars = "★" * review.rating + "☆" * (5 - review.rating)
    label = say("seo", "markup.out_of_five", shared.locale, mean=str(review.rating))
    day = f" · {as_text(localised.day(review.published_at, locale=shared.locale))}" if review.published_at else ""
    product = as_text(say("seo", "share.product", shared.locale, product=one_line(shared.product.name)))
    picture = shared.image
    lines = [
        f'<blockquote class="fidelio-quote" cite="{as_attribute(shared.url)}">',
        f'<p><span role="img" aria-label="{as_attribute(label)}">{stars}</span></p>',
        f"<p {own}><strong>{as_attribute(review.title)}</strong></p>" if one_line(review.title) else "",
        f"<p {own}>{as_text(review.body).replace(chr(10), '<br>' + chr(10))}</p>" if review.body.strip() else "",
        f'<p><img src="{as_attribute(picture.url)}" alt="{as_attribute(picture.alt)}" width="320"></p>'
        if picture
        else "",
        f"<footer><bdi>{as_attribute(review.author_name)}</bdi>{day}</footer>",
        "</blockquote>",
        f'<p><a href="{as_attribute(shared.product.url)}">{product}</a></p>' if web_url(shared.product.url) else "",
    ]
    return "\n".join(line for line in lines if line)


def links(shared: SharedReview) -> str:
    """The share module: plain links to each network and to an e-mail."""
    address, title = quote(shared.url, safe=""), quote(shared.title, safe="")
    found = [(name, pattern.format(url=address, title=title)) for name, pattern in _NETWORKS]
    mail = urlencode({"subject": shared.title, "body": shared.url}, quote_via=quote)
    found.append((say("seo", "share.email", shared.locale), f"mailto:?{mail}"))
    items = "\n".join(
        f'<li><a href="{as_attribute(target)}" rel="nofollow noopener">{as_text(name)}</a></li>'
        for name, target in found
    )
    heading = as_attribute(say("seo", "share.heading", shared.locale))
    return f'<nav class="fidelio-share" aria-label="{heading}">\n<h2>{heading}</h2>\n<ul>\n{items}\n</ul>\n</nav>'


def oembed(shared: SharedReview) -> dict[str, str | int | None]:
    """The oEmbed answer, as its JSON object."""
    answer: dict[str, str | int | None] = {
        "version": "1.0",
        "type": "rich",
        "title": shared.title,
        "author_name": one_line(shared.review.author_name),
        "provider_name": one_line(shared.product.site_name),
        "provider_url": _origin(shared.product.url),
        "cache_age": _CACHE_SECONDS,
        "html": quotation(shared),
        "width": 480,
        # it follows from the words, and readers of the format know null
        "height": None,
    }
    picture = shared.image
    if picture is not None and picture.width and picture.height:
        answer |= {"thumbnail_url": picture.url, "thumbnail_width": picture.width, "thumbnail_height": picture.height}
    return answer


def _tags(shared: SharedReview) -> list[tuple[str, str, str]]:
    """(attribute, name, content): Open Graph in its order, then the card's own."""
    picture = shared.image
    said = opengraph.shortened(one_line(shared.review.body) or one_line(shared.review.title))
    tags = [
        ("property", "og:title", shared.title),
        ("property", "og:type", "article"),
        ("property", "og:url", shared.url),
    ]
    if picture is not None:
        tags += [("property", name, value) for name, value in opengraph.image_tags(picture)]
    tags += [
        ("property", "og:description", said),
        ("property", "og:site_name", one_line(shared.product.site_name)),
        ("property", "og:locale", localised.open_graph_locale(shared.locale) or ""),
        ("name", "description", said),
        ("name", "twitter:card", "summary_large_image" if picture else "summary"),
        ("name", "twitter:title", shared.title[:_TITLE_CHARACTERS].rstrip()),
        ("name", "twitter:description", said),
        ("name", "twitter:image", picture.url if picture else ""),
    ]
    return [tag for tag in tags if tag[2]]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
