"""Storefronts: a domain, a language, a currency and the keys its front end uses. Who calls is core.identity's."""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import clock, ids
from core.refusal import Refusal
from shop import validation
from shop.queries import storefronts as queries
from shop.queries.storefronts import StorefrontRow
from shop.refusals import ShopRefusal
from shop.tables import Storefront

MAX_HANDLE = 60
MAX_ORIGINS = 50
_ASCII_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
# language, script, region: the tags that Babel's locales and schema.org's inLanguage share
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|[0-9]{3}))?")
_PLACEHOLDER = "{handle}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StorefrontDraft:
    """A storefront as the merchant describes it.

    `origin` is scheme and host ("https://shop.example"), `locale` BCP 47 ("fr-FR"), `time_zone` an IANA name;
    `product_url` holds `{handle}` where a product's handle goes; `allowed_origins` are those of browsers that may call.
    """

    handle: str
    name: str
    origin: str
    locale: str
    currency: str
    time_zone: str
    product_url: str
    allowed_origins: tuple[str, ...] = ()
    shopify_secret: str | None = None

    def refusal(self) -> Refusal | None:
        """What is wrong with the description, by the first field at fault."""
        return validation.first(
            validation.text(self.handle, ("handle",), maximum=MAX_HANDLE),
            _unless(_ASCII_HANDLE.fullmatch(self.handle), ShopRefusal.INVALID_HANDLE, "handle"),
            validation.text(self.name, ("name",), maximum=validation.MAX_NAME),
            _unless(_is_origin(self.origin), ShopRefusal.INVALID_ORIGIN, "origin"),
            _unless(is_locale(self.locale), ShopRefusal.INVALID_LOCALE, "locale"),
            validation.currency(self.currency, ("currency",)),
            _unless(is_time_zone(self.time_zone), ShopRefusal.INVALID_TIME_ZONE, "timeZone"),
            _unless(_is_product_url(self.product_url), ShopRefusal.INVALID_PRODUCT_URL, "productUrl"),
            validation.at_most(len(self.allowed_origins), MAX_ORIGINS, ("allowedOrigins",)),
            *(
                _unless(_is_origin(origin), ShopRefusal.INVALID_ORIGIN, "allowedOrigins", str(index))
                for index, origin in enumerate(self.allowed_origins)
            ),
            validation.text(self.shopify_secret, ("shopifySecret",), maximum=validation.MAX_NAME, required=False),
        )


def record(session: Session, draft: StorefrontDraft) -> int | Refusal:
    """Create the storefront of this handle, its keys drawn, or change what it says of itself, its keys kept.

    A draft without `shopify_secret` leaves the one that is there.
    """
    refused = draft.refusal()
    if refused is not None:
        return refused
    storefront = queries.by_handle(session, draft.handle) or _new(draft)
    for name in ("name", "origin", "locale", "currency", "time_zone", "product_url"):
        setattr(storefront, name, getattr(draft, name))
    storefront.allowed_origins = list(draft.allowed_origins)
    storefront.shopify_secret = draft.shopify_secret or storefront.shopify_secret
    session.add(storefront)
    session.flush()
    return storefront.id


def by_key(session: Session, publishable_key: str) -> StorefrontRow | None:
    """The storefront that a publishable key names; a former key does until its time is over. At most one statement."""
    found = queries.by_publishable_key(session, publishable_key) if validation.is_keepable(publishable_key) else None
    return found if found is not None and is_good(found, publishable_key) else None


def is_good(storefront: StorefrontRow, publishable_key: str) -> bool:
    """Whether the key names the storefront now: its own, or the former one before its instant."""
    if publishable_key == storefront.publishable_key:
        return True
    until = storefront.former_key_until
    return publishable_key == storefront.former_key and until is not None and clock.now_milliseconds() < until


def by_handle(session: Session, handle: str) -> Storefront | None:
    """The storefront of this handle. At most one statement."""
    return queries.by_handle(session, handle) if validation.is_keepable(handle) else None


def shown(session: Session, handle: str) -> StorefrontRow | None:
    """The storefront of this handle, for readers. At most one statement."""
    return queries.row_by_handle(session, handle) if validation.is_keepable(handle) else None


def get(session: Session, storefront_id: int) -> Storefront | None:
    """The storefront of this id. At most one statement."""
    return session.get(Storefront, storefront_id)


def everyone(session: Session) -> list[Storefront]:
    """Every storefront, oldest first; a merchant has a handful. One statement."""
    return queries.all_storefronts(session)


def unknown(session: Session, storefront_id: int) -> Refusal | None:
    """Refuses a storefront that is not there."""
    if session.get(Storefront, storefront_id) is None:
        return Refusal(ShopRefusal.STOREFRONT_NOT_FOUND, ("storefrontId",))
    return None


def is_locale(tag: str) -> bool:
    """Whether `tag` is a BCP 47 tag of language, script and region ("fr-FR", "zh-Hant-TW")."""
    return _LOCALE.fullmatch(tag) is not None


def is_time_zone(name: str) -> bool:
    """Whether `name` is an IANA time zone's."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _new(draft: StorefrontDraft) -> Storefront:
    return Storefront(
        id=ids.new_id(),
        handle=draft.handle,
        name=draft.name,
        origin=draft.origin,
        locale=draft.locale,
        currency=draft.currency,
        time_zone=draft.time_zone,
        product_url=draft.product_url,
        publishable_key=drawn("pk"),
        customer_secret=drawn("cs"),
        created_at=clock.now(),
    )


def drawn(prefix: str) -> str:
    """A new key or secret of 256 random bits."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def _unless(valid: object, code: ShopRefusal, *path: str) -> Refusal | None:
    return None if valid else Refusal(code, path)


def _is_origin(origin: str) -> bool:
    if not validation.is_web_address(origin) or len(origin) > validation.MAX_URL:
        return False
    parts = urlsplit(origin)
    return origin == f"{parts.scheme}://{parts.netloc}"


def _is_product_url(pattern: str) -> bool:
    address = pattern.replace(_PLACEHOLDER, "handle")
    if pattern.count(_PLACEHOLDER) != 1 or "{" in address or "}" in address:
        return False
    return len(pattern) <= validation.MAX_URL and validation.is_web_address(address)
