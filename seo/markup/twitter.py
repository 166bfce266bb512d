"""Product facts as Twitter Card tags; what Twitter takes from Open Graph is not repeated but for the four it
shows.

Source: https://developer.x.com/en/docs/x-for-websites/cards/overview/markup (title up to 70, description up
to 200 characters, alt up to 420).
"""

from seo.markup import opengraph
from seo.markup.escaping import as_attribute, one_line, web_url
from seo.markup.facts import ProductFacts

TITLE_CHARACTERS = 70
ALT_CHARACTERS = 420


def html(facts: ProductFacts) -> str:
    """The tags as lines of `<meta name content>`."""
    return "\n".join(f'<meta name="{name}" content="{as_attribute(value)}">' for name, value in tags(facts))


def tags(facts: ProductFacts) -> tuple[tuple[str, str], ...]:
    """(name, content) pairs: a large card when there is a picture, else the small one."""
    image = next((image for image in facts.images if web_url(image.url)), None)
    pairs = [
        ("twitter:card", "summary_large_image" if image else "summary"),
        ("twitter:title", one_line(facts.name)[:TITLE_CHARACTERS].rstrip()),
        ("twitter:description", opengraph.description(facts)),
        ("twitter:image", image.url if image else ""),
        ("twitter:image:alt", one_line(image.alt)[:ALT_CHARACTERS].rstrip() if image else ""),
    ]
    return tuple((name, value) for name, value in pairs if value)
