"""Which addresses an endpoint may have. Where a name leads is looked at when sending, by core.addresses.

- https, or http for a host that FIDELIO_PRIVATE_HOSTS trusts; in development mode as well as outside it.
- No credentials and no fragment; port 443, or one that no system service owns (1024 and above).
- An IP address must be a public one, unless it is trusted.
"""

import ipaddress
import re

from core import addresses
from core.refusal import Refusal
from core.webhooks.refusals import WebhookRefusal

MAX_URL = 2_000
_LOWEST_FREE_PORT, _HIGHEST_PORT = 1024, 65_535
# the forms in which browsers and resolvers write IPv4 addresses: 127.1, 0x7f.1, 2130706433
_ENDS_IN_A_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")


def refusal(url: str, *, trusted: frozenset[str]) -> Refusal | None:
    """What is wrong with the address, if anything; `trusted` are "host:port" that may be private and plain http."""
    import httpx2

    try:
        parsed = httpx2.URL(url)
        host, port = parsed.raw_host.decode("ascii"), parsed.port
    except (httpx2.InvalidURL, TypeError, ValueError):
        return _no(WebhookRefusal.INVALID_TARGET)
    if len(url) > MAX_URL or _UNPRINTABLE.search(url) or not host or parsed.userinfo or parsed.fragment:
        return _no(WebhookRefusal.INVALID_TARGET)
    if parsed.scheme not in ("http", "https"):
        return _no(WebhookRefusal.INVALID_TARGET)
    port = port if port is not None else {"http": 80, "https": 443}[parsed.scheme]
    if _is_trusted(host, port, trusted):
        return None
    if parsed.scheme != "https":
        return _no(WebhookRefusal.HTTPS_REQUIRED)
    if port > _HIGHEST_PORT:
        return _no(WebhookRefusal.INVALID_TARGET)
    if port != 443 and port < _LOWEST_FREE_PORT:
        return _no(WebhookRefusal.PORT_NOT_ALLOWED)
    return _host_refusal(host)


def _is_trusted(host: str, port: int, trusted: frozenset[str]) -> bool:
    return (f"[{host}]:{port}" if ":" in host else f"{host}:{port}") in trusted


def _host_refusal(host: str) -> Refusal | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        private = host == "localhost" or host.endswith(".localhost")
        if private or _ENDS_IN_A_NUMBER.search(host):
            return _no(WebhookRefusal.PRIVATE_TARGET if private else WebhookRefusal.INVALID_TARGET)
        return None
    return None if addresses.is_public(address) else _no(WebhookRefusal.PRIVATE_TARGET)


def _no(code: WebhookRefusal) -> Refusal:
    return Refusal(code, ("url",))
