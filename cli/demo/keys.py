"""What signs into the demo: passwords and keys, drawn at the first start and kept in the state directory alone."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path

from core import customer_tokens
from core.customer_tokens import CustomerClaims
from core.identity import Role

_FILE = "demo.json"
_TOKEN_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the demo's staff, before a password was drawn."""

    email: str
    name: str
    role: Role
    locale: str


STAFF = (
    Colleague("admin@example.org", "Solène Aubry", Role.ADMIN, "en"),
    Colleague("moderator@example.org", "Marc Tessier", Role.MODERATOR, "fr"),
)


@dataclass(frozen=True, slots=True)
class StaffLogin:
    """How a member of the demo's staff signs in."""

    email: str
    password: str
    role: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds: the only copy of passwords and service key, of which the database has hashes."""

    staff: tuple[StaffLogin, ...]
    service_key: str = ""
    publishable_keys: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Shopper:
    """A demo customer for whom tokens are minted as their storefront's own server would."""

    claims: CustomerClaims
    secret: str


@dataclass(frozen=True, slots=True)
class DemoShop:
    """The loaded demo shop and the ways into it; storefronts are named by their handles."""

    publishable_keys: Mapping[str, str]
    staff: tuple[StaffLogin, ...]
    service_key: str
    shoppers: Mapping[str, Shopper]

    def customer_tokens(self) -> dict[str, str]:
        """A token of a demo customer for each storefront, minted now and good for a week."""
        return {
            handle: customer_tokens.mint(shopper.claims, secret=shopper.secret, audience=handle, life=_TOKEN_LIFE)
            for handle, shopper in self.shoppers.items()
        }


def draw() -> Kept:
    """New passwords for the staff."""
    return Kept(tuple(StaffLogin(person.email, secrets.token_urlsafe(12), person.role.value) for person in STAFF))


def read(state_directory: Path) -> Kept | None:
    """What was kept; None before the first start."""
    path = state_directory / _FILE
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    kept = Kept(**told)
    return replace(kept, staff=tuple(StaffLogin(**login) for login in told["staff"]))


def write(state_directory: Path, kept: Kept) -> None:
    """Keep it, readable by its owner alone; a crash leaves the former file or the new one, never half of it."""
    state_directory.mkdir(parents=True, exist_ok=True)
    beside = state_directory / f".{_FILE}"
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(asdict(kept), indent=2) + "\n", encoding="utf-8")
    beside.replace(state_directory / _FILE)
