"""A review as its author hands it over, and the hard limits that refuse it. Softer doubts are the screens'."""

from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.refusal import Refusal
from shop import storefronts
from ugc import display_names
from ugc.refusals import ReviewRefusal
from ugc.screening.screen import ReviewText
from ugc.wording import clean

MAX_TITLE = 120
MAX_BODY = 5000
# the version of the terms under which the merchant may show what is written
LICENCE = "publication-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an author may change: stars, title, body and their language (BCP 47)."""

    rating: int
    title: str | None
    body: str
    locale: str

    def cleaned(self) -> "Words":
        """The same without control characters and superfluous spaces; an empty title is none."""
        return Words(
            rating=self.rating,
            title=clean(self.title or "").replace("\n", " ") or None,
            body=clean(self.body),
            locale=self.locale,
        )

    def refusal(self) -> Refusal | None:
        """The first hard limit that cleaned words break."""
        if not storefronts.is_locale(self.locale):
            return Refusal(ReviewRefusal.LOCALE_UNKNOWN, ("locale",))
        if not 1 <= self.rating <= 5:
            return Refusal(ReviewRefusal.RATING_OUT_OF_RANGE, ("rating",))
        if len(self.title or "") > MAX_TITLE:
            return Refusal(ReviewRefusal.TITLE_TOO_LONG, ("title",), {"most": MAX_TITLE})
        if len(self.body) > MAX_BODY:
            return Refusal(ReviewRefusal.BODY_TOO_LONG, ("body",), {"most": MAX_BODY})
        return None

    def text(self) -> ReviewText:
        """The words as screens see them: without the stars."""
        return ReviewText(title=self.title, body=self.body, locale=self.locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """A review to submit. `promised`: a live rule, draw or request promised this author anything.

    `display_name` is what the author chose to be called; none means first name and initial. `experienced_on` is the
    day of the experience that the review tells of.
    """

    product_id: int
    author_id: int
    storefront_id: int
    words: Words
    display_name: str | None = None
    experienced_on: date | None = None
    promised: bool = False

    def refusal(self) -> Refusal | None:
        """The first hard limit that the draft breaks; its words are cleaned before."""
        return (
            self.words.refusal()
            or (None if self.words.body else Refusal(ReviewRefusal.BODY_MISSING, ("body",)))
            or display_names.refusal(self.display_name)
            or _experience_refusal(self.experienced_on)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDraft:
    """New words of one's own review. `version` is the one that the author was shown."""

    review_id: int
    author_id: int
    version: int
    words: Words
    promised: bool = False

    def refusal(self) -> Refusal | None:
        """The first hard limit that the edit breaks."""
        return self.words.refusal() or (None if self.words.body else Refusal(ReviewRefusal.BODY_MISSING, ("body",)))


def _experience_refusal(day: date | None) -> Refusal | None:
    # a day ahead of UTC is already today somewhere
    if day is None or day <= (clock.now() + timedelta(days=1)).date():
        return None
    return Refusal(ReviewRefusal.EXPERIENCE_IN_FUTURE, ("experiencedOn",))
