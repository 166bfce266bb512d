"""Everything the environment may decide, read once. No other module reads the environment."""

import secrets
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self, TypeAlias

from pydantic import NonNegativeInt, PositiveFloat, PositiveInt, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# whoever guesses the key forges sessions and upload addresses
_SHORTEST_SECRET = 32

Spending: TypeAlias = tuple[PositiveInt, PositiveInt]


class MissingSecretError(RuntimeError):
    """There is no key to sign with; the message says what to set."""


class Settings(BaseSettings):
    """The settings of one process; every name is prefixed with FIDELIO_ in the environment.

    - `database_url`: `sqlite:///path` or `postgresql+psycopg://...`.
    - `secret_key`: signs upload addresses and sessions; required outside development mode.
    - `media_directory`, `media_url`: where renditions are kept, and the address they are served from.
    - `private_hosts`: comma-separated `host:port` that server-side fetches may reach although private.
    - `clock_file`: in development mode only, a file whose ISO 8601 instant is "now".
    - `development`: GraphiQL, demo data and the clock file; never on by default.
    - `public_url`: the address this server is reached at, without a trailing slash.
    - `failpoint`: in development mode only, where the process kills itself (core.failpoints).
    - `command_locale`: the language of the commands' sentences.
    - `anonymous_allowance`, `visitor_allowance`, `customer_allowance`, `staff_allowance`, `service_allowance`: what a
      caller of that kind may spend, as `[at once, again each second]` in objects of answers (docs/fair-use.md).
    - `query_cost_maximum`: the most objects that one operation may answer with.
    - `request_seconds`: how long one operation may run, and the answer to one event.
    - `body_seconds`: how long a request's body may take to come; a second more for every 32 KiB of it.
    - `stream_maximum`: how many streams and sockets one caller may hold open (docs/subscriptions.md).
    - `stream_check_seconds`: how long a stream goes on before its caller is looked at again.
    - `stream_init_seconds`: within which a socket must say who it is.
    - `stream_send_seconds`: how long a stream's reader may take nothing.
    - `socket_waiting_maximum`: how many sockets may wait to be known, as `[of one address, of all]`.
    - `stream_poll_seconds`: how often the outbox is read while somebody listens.
    - `cache_seconds`, `shared_cache_seconds`, `cache_stale_seconds`: how long caches may keep what is everybody's, how
      long shared ones may instead (when set), and how much longer while they ask for it anew (docs/caching.md).
    - `browser`: the Chromium that checks of pages draw with; empty: the one that is found; `off`: none.
    - `coverage_fall_points`: how many percentage points the indexable share of a page must fall by to be told.
    - `page_checks_a_night`: how many product pages the night's job asks a check for; 0: none.
    - `page_check_pause_seconds`: how long a worker leaves the shop alone between two checks.
    - `documents`: `open`, or `locked`: only documents that the operator has registered run.
    - `http_statuses`: `2024`, or `draft`: those of the newer draft of GraphQL over HTTP (docs/errors.md).
    - `introspection`: `open`, or `closed`: `__schema` is refused, `__type` answers as ever.
    - `payments`: who takes the money of paid memberships: `reported`, `test` (development mode only), or the address
      of the shop's own endpoint, whose questions `payments_secret` signs (docs/paid-membership.md).
    - `state_directory`: what a start without settings draws and keeps (secret key, demo keys).
    """

    model_config = SettingsConfigDict(env_prefix="FIDELIO_", frozen=True, extra="ignore")

    database_url: str = "sqlite:///var/fidelio.db"
    secret_key: SecretStr | None = None
    media_directory: Path = Path("var/media")
    media_url: str = "/media"
    private_hosts: str = ""
    clock_file: Path | None = None
    development: bool = False
    public_url: str = "http://127.0.0.1:8000"
    state_directory: Path = Path("var")
    log_level: str = "INFO"
    payments: str = "reported"
    payments_secret: SecretStr | None = None
    failpoint: str = ""
    command_locale: str = "en"
    anonymous_allowance: Spending = (50_000, 5_000)
    visitor_allowance: Spending = (100_000, 20_000)
    customer_allowance: Spending = (50_000, 5_000)
    staff_allowance: Spending = (100_000, 20_000)
    service_allowance: Spending = (200_000, 50_000)
    query_cost_maximum: PositiveInt = 20_000
    request_seconds: PositiveFloat = 15.0
    body_seconds: PositiveFloat = 20.0
    documents: Literal["open", "locked"] = "open"
    http_statuses: Literal["2024", "draft"] = "2024"
    introspection: Literal["open", "closed"] = "open"
    cache_seconds: NonNegativeInt = 60
    shared_cache_seconds: NonNegativeInt | None = None
    cache_stale_seconds: NonNegativeInt = 300
    stream_maximum: PositiveInt = 100
    stream_check_seconds: PositiveFloat = 10.0
    stream_poll_seconds: PositiveFloat = 0.5
    stream_init_seconds: PositiveFloat = 10.0
    stream_send_seconds: PositiveFloat = 60.0
    browser: str = ""
    coverage_fall_points: PositiveInt = 5
    page_checks_a_night: NonNegativeInt = 500
    page_check_pause_seconds: PositiveFloat = 1.0
    socket_waiting_maximum: tuple[PositiveInt, PositiveInt] = (50, 1_000)

    @model_validator(mode="after")
    def _payments_are_known(self) -> Self:
        # methods and amounts are not for everybody on the way
        in_development = self.payments == "test" or self.payments.startswith("http://")
        is_for_all = self.payments == "reported" or self.payments.startswith("https://")
        if not (is_for_all or (in_development and self.development)):
            raise ValueError("FIDELIO_PAYMENTS is `reported` or an https address, in development mode `test` too")
        return self

    def allowed_private_hosts(self) -> frozenset[str]:
        """The `host:port` pairs of `private_hosts`."""
        return frozenset(host.strip() for host in self.private_hosts.split(",") if host.strip())

    def payments_key(self) -> bytes:
        """What signs the questions to the shop's payment endpoint. Raises MissingSecretError when it is too short."""
        configured = self.payments_secret.get_secret_value() if self.payments_secret is not None else ""
        if len(configured) < _SHORTEST_SECRET:
            raise MissingSecretError(f"Set FIDELIO_PAYMENTS_SECRET to {_SHORTEST_SECRET} or more random characters.")
        return configured.encode()

    def secret(self) -> bytes:
        """The signing key: the configured one, else the one that this installation has drawn and kept.

        One is drawn in development mode only. Raises MissingSecretError when there is none, or a set one is too short.
        """
        configured = self.secret_key.get_secret_value() if self.secret_key is not None else ""
        if len(configured) >= _SHORTEST_SECRET:
            return configured.encode()
        drawn = self.state_directory / "secret.key"
        if configured or not (self.development or drawn.exists()):
            raise MissingSecretError(f"Set FIDELIO_SECRET_KEY to {_SHORTEST_SECRET} or more random characters.")
        return _drawn_secret(drawn)


def _drawn_secret(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip().encode()


_configured: dict[str, object] = {}


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings. Tests call `settings.cache_clear()` after changing the environment."""
    return Settings.model_validate({**Settings().model_dump(), **_configured})


def configure(**changes: object) -> Settings:
    """Let a command line decide over the environment, for this process; returns what holds now."""
    _configured.update(changes)
    settings.cache_clear()
    return settings()
