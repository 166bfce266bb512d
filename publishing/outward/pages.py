"""What is told outside of the shop's pages: how many of a page's reviews can be indexed; never a word of them."""

from dataclasses import dataclass

from publishing.outward.declaring import EventData, PublicId, node, told


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFellEvent(EventData):
    """Search engines can take fewer of a product page's published reviews than at the check before."""

    product_id: PublicId = node("Product", "The product.")
    storefront_id: PublicId = node("Storefront", "Whose page of it.")
    check_id: PublicId = node("PageCheck", "The check that found it.")
    former_check_id: PublicId = node("PageCheck", "The check before.")
    reviews: int = told("The published reviews with a text.")
    indexable: int = told("How many of them can surely be indexed.")
    former_reviews: int = told("The published reviews at the check before.")
    former_indexable: int = told("How many of those could surely be indexed.")
