"""Every expected "no" of the room. The sentences are the catalogue's."""

from core.refusal import RefusalCode


class PublishingRefusal(RefusalCode):
    """Why no page is checked."""

    NO_PAGE = "NO_PAGE"
    PRODUCT_NOT_FOUND = "PRODUCT_NOT_FOUND"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"
    TOO_MANY_WAITING = "TOO_MANY_WAITING"
