"""What all requests of the console share: the way to the rooms, the secret, the templates. One request is a Visit."""

from dataclasses import dataclass, field

import anyio
from starlette.templating import Jinja2Templates

from console import rendering
from console.throttle import Throttle
from core.crossing import House
from core.settings import Settings

# each check of a password takes some 50 ms and 64 MiB: two at once keep the door open without starving the rooms
_CHECKS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Desk:
    """Made once, when the console is."""

    house: House
    secret: bytes
    secure_cookies: bool
    media_url: str
    body_seconds: float
    templates: Jinja2Templates
    throttle: Throttle
    password_checks: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(_CHECKS_AT_ONCE))

    @classmethod
    def of(cls, house: House, settings: Settings) -> "Desk":
        """The desk of a deployment. Raises RuntimeError when no secret is set outside development mode."""
        secret = settings.secret()
        return cls(
            house=house,
            secret=secret,
            # browsers would drop a Secure cookie on the plain HTTP of a developer's machine
            secure_cookies=not settings.development,
            media_url=settings.media_url,
            body_seconds=settings.body_seconds,
            templates=rendering.templates(),
            throttle=Throttle(secret),
        )
