"""Everything a product page says to machines, from one facts object. The words and tags live in the modules
beside.

JSON-LD, microdata, Open Graph and Twitter tags are all rendered from the same `ProductFacts`, so that they
cannot differ.
"""

from dataclasses import dataclass

from seo.markup import jsonld, microdata, opengraph, twitter
from seo.markup.facts import ProductFacts


@dataclass(frozen=True, slots=True)
class Markup:
    """The four renderings of one product's facts, each ready to be put in a page as it is.

    `json_ld`, `open_graph` and `twitter` belong in `<head>`; `microdata` is the visible block of rating and
    reviews. `json_ld` and `microdata` carry the same facts: a page needs one of them, and may hold both.
    """

    json_ld: str
    microdata: str
    open_graph: str
    twitter: str

    @property
    def head(self) -> str:
        """All that belongs in `<head>`, social tags first: Slack reads no further than the first 32 KB."""
        return "\n".join(part for part in (self.open_graph, self.twitter, self.json_ld) if part)


def build(facts: ProductFacts) -> Markup:
    """Render all four forms. A product without any review gets no rating and no review in any of them."""
    return Markup(
        json_ld=jsonld.script(facts),
        microdata=microdata.fragment(facts),
        open_graph=opengraph.html(facts),
        twitter=twitter.html(facts),
    )
