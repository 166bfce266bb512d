"""The places this shop sells in: a language, a part of the address, a key. What they say is words'."""

from dataclasses import dataclass
from urllib.parse import urlencode

# a storefront's handle, the first part of its addresses, and its locale
SEGMENTS = {"fr": ("fr", "fr-FR"), "us": ("en", "en-US")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """One storefront. `key` is public; `secret` signs customers in and is None where the shop was given none."""

    handle: str
    segment: str
    locale: str
    key: str
    secret: str | None = None

    @classmethod
    def of(cls, handle: str, key: str, *, secret: str | None = None) -> "Market":
        """The market of a known handle."""
        segment, locale = SEGMENTS[handle]
        return cls(handle=handle, segment=segment, locale=locale, key=key, secret=secret)

    @property
    def language(self) -> str:
        """The locale's language: `fr`."""
        return self.locale.partition("-")[0]

    @property
    def cookie(self) -> str:
        """Where the browser keeps this market's customer token."""
        return f"customer_{self.handle}"

    def path(self, *parts: str, **query: str | None) -> str:
        """An address within the market: `path("products", "mug", after="x")` is /fr/products/mug?after=x."""
        address = "/".join(["", self.segment, *parts]) if parts else f"/{self.segment}/"
        asked = {name: value for name, value in query.items() if value}
        return f"{address}?{urlencode(asked)}" if asked else address


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Everything the shop was started with."""

    api_url: str
    origin: str
    markets: tuple[Market, ...]

    def market(self, segment: str) -> Market | None:
        """The market whose addresses start with `segment`."""
        return next((market for market in self.markets if market.segment == segment), None)

    def preferred(self, accept_language: str) -> Market | None:
        """The market whose language the reader names first; qualities are ignored, browsers send them in order."""
        for tag in accept_language.split(","):
            language = tag.partition(";")[0].strip().partition("-")[0].lower()
            found = next((market for market in self.markets if market.language == language), None)
            if found is not None:
                return found
        return None
