"""Why a review or a photo is rejected, in two families. The sentences for authors are in locales/*/ugc.po."""

from enum import StrEnum


class ReasonCode(StrEnum):
    """A coded reason. No code speaks of stars: every one applies alike to each rating."""

    COMPETITOR = "COMPETITOR"
    DIVERTS_BUSINESS = "DIVERTS_BUSINESS"
    PICTURE = "PICTURE"
    PERSONAL_DATA = "PERSONAL_DATA"
    PRICE = "PRICE"
    DELIVERY = "DELIVERY"
    LINK = "LINK"
    OFF_TOPIC = "OFF_TOPIC"
    INAPPROPRIATE = "INAPPROPRIATE"
    UNLAWFUL = "UNLAWFUL"
    WRONG_PRODUCT = "WRONG_PRODUCT"
    UNDER_AGE = "UNDER_AGE"
    CUSTOMER_SERVICE = "CUSTOMER_SERVICE"
    WRONG_LANGUAGE = "WRONG_LANGUAGE"
    SPAM = "SPAM"
    PROFANITY = "PROFANITY"
    FRAUD = "FRAUD"

    @property
    def editable(self) -> bool:
        """Whether the author may mend the text and send it again; the other family is final."""
        return self in _EDITABLE


_EDITABLE = frozenset(
    {
        ReasonCode.COMPETITOR,
        ReasonCode.DIVERTS_BUSINESS,
        ReasonCode.PICTURE,
        ReasonCode.PERSONAL_DATA,
        ReasonCode.PRICE,
        ReasonCode.DELIVERY,
        ReasonCode.LINK,
        ReasonCode.OFF_TOPIC,
    }
)
