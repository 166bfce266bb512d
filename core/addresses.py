"""Which network addresses our own requests may reach. The requests themselves are core.fetching's."""

import ipaddress
import socket
import threading
from dataclasses import dataclass
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# Whether private addresses may be reached: all, none, or only these "host:port".
PrivateHosts: TypeAlias = bool | frozenset[str]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why there is no address to connect to: the name is unknown, took too long, or leads to a private
    place.
    """

    is_private: bool = False
    is_late: bool = False


def resolve(host: str, port: int, *, allow_private: PrivateHosts, timeout_seconds: float) -> str | Unresolved:
    """The one address to connect to, checked; the caller must connect to it and not look the name up again.

    - A name with any address that is not public is refused whole: mixed answers are how rebinding begins.
    - `allow_private` names the hosts that are trusted all the same.
    """
    found = _look_up(host, port, timeout_seconds=timeout_seconds)
    if isinstance(found, Unresolved):
        return found
    name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    trusted = allow_private if isinstance(allow_private, bool) else name in allow_private
    if not trusted and not all(is_public(ipaddress.ip_address(address)) for address in found):
        return Unresolved(is_private=True)
    return found[0]


def is_public(address: Address) -> bool:
    """Whether the address belongs to the public internet, also when an IPv6 form wraps an IPv4 one."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = _wrapped_ipv4(address)
        if wrapped is not None:
            return is_public(wrapped)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _wrapped_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return "%" not in host


def _look_up(host: str, port: int, *, timeout_seconds: float) -> list[str] | Unresolved:
    if _is_address(host):
        return [host]
    # getaddrinfo knows no timeout, so it runs in a thread that is left behind when it takes too long
    found: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        # a scoped address ("fe80::1%eth0") is link-local: its zone says nothing that the check needs
        found.extend(str(row[4][0]).partition("%")[0] for row in rows)

    thread = threading.Thread(target=ask, name="name lookup", daemon=True)
    thread.start()
    thread.join(timeout_seconds)
    if thread.is_alive():
        return Unresolved(is_late=True)
    return found or Unresolved()
