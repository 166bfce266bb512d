"""The pages of the console's bar, in its order, and who may open each. What they show is the views'."""

from dataclasses import dataclass

from core.identity import Caller, Permission


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the bar; `nav.<name>` is what it is called there."""

    name: str
    requires: Permission

    @property
    def path(self) -> str:
        """Its address inside the console."""
        return f"/{self.name}"


QUEUE = Place("queue", Permission.MODERATE)
DECISIONS = Place("decisions", Permission.READ_REVIEWS)
MEMBERS = Place("members", Permission.READ_MEMBERS)
REFERRALS = Place("referrals", Permission.READ_MEMBERS)
PROGRAMS = Place("programs", Permission.MANAGE_LOYALTY)
COVERAGE = Place("coverage", Permission.CHECK_PAGES)
# what every member of staff holds: whoever works here may see whether the platform does
HEALTH = Place("health", Permission.READ_PUBLIC)
WEBHOOKS = Place("webhooks", Permission.MANAGE_SHOP)
PLACES = (QUEUE, DECISIONS, MEMBERS, REFERRALS, PROGRAMS, COVERAGE, HEALTH, WEBHOOKS)


def open_to(caller: Caller) -> tuple[Place, ...]:
    """The places that the caller may open."""
    return tuple(place for place in PLACES if caller.may(place.requires))


def home_of(caller: Caller) -> str:
    """Where the caller's work begins: the first place open to them, and for strangers the way in."""
    return next((place.path for place in open_to(caller)), "/sign-in")
