"""The console as one application: its addresses and who may use each. What they show stands in console.views."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from console import guard, places, rendering
from console.desk import Desk
from console.failures import Failures
from console.guard import View
from console.places import Place
from console.policy import SafeHeaders
from console.views import (
    checks,
    coverage,
    deciding,
    decisions,
    health,
    language,
    members,
    photos,
    programs,
    queue,
    referrals,
    review,
    setting_up,
    sign_in,
    webhooks,
)
from console.visit import Visit
from core.crossing import House
from core.identity import Permission
from core.settings import Settings

# forms of ours are a few hundred bytes
_BODY_LIMIT = 32_768
# every role holds it
_STAFF = Permission.READ_PUBLIC


def create_console(house: House, settings: Settings) -> Starlette:
    """The console over one house, to be mounted at /console."""
    desk = Desk.of(house, settings)
    failures = Failures(desk)
    return Starlette(
        routes=_routes(desk),
        middleware=[
            Middleware(SafeHeaders, media_url=settings.media_url),
            Middleware(RequestBodyLimitMiddleware, max_body_size=_BODY_LIMIT),
        ],
        exception_handlers={HTTPException: failures.refused, Exception: failures.unexpected},
    )


def _routes(desk: Desk) -> list[BaseRoute]:
    def page(address: str, view: View, requires: Permission) -> Route:
        return Route(address, guard.staff_only(desk, view, requires=requires), methods=["GET"])

    def place(bar: Place, view: View) -> Route:
        return page(bar.path, view, bar.requires)

    def act(address: str, view: View, requires: Permission = Permission.MODERATE) -> Route:
        return Route(address, guard.staff_only(desk, view, requires=requires), methods=["POST"])

    return [
        page("/", _home, _STAFF),
        Route("/sign-in", guard.open_to_strangers(desk, sign_in.show), methods=["GET"]),
        Route("/sign-in", guard.open_to_strangers(desk, sign_in.sign_in), methods=["POST"]),
        act("/sign-out", sign_in.sign_out, _STAFF),
        act("/language", language.choose, _STAFF),
        place(places.QUEUE, queue.show),
        page("/reviews/{review_id:int}", review.show, Permission.READ_REVIEWS),
        act("/reviews/{review_id:int}/approve", deciding.approve),
        act("/reviews/{review_id:int}/reject", deciding.reject),
        act("/reviews/{review_id:int}/undo", deciding.undo),
        act("/photos/{photo_id:int}", photos.decide),
        page("/pictures/{digest}", photos.picture, Permission.READ_REVIEWS),
        place(places.DECISIONS, decisions.show),
        place(places.MEMBERS, members.show),
        page("/members/{membership_id:int}", members.detail, Permission.READ_MEMBERS),
        act("/members/{membership_id:int}/adjust", members.adjust, Permission.MANAGE_LOYALTY),
        place(places.REFERRALS, referrals.show),
        page("/referrals/{referral_id:int}", referrals.detail, Permission.READ_MEMBERS),
        act("/referrals/{referral_id:int}", referrals.decide, Permission.MANAGE_LOYALTY),
        place(places.PROGRAMS, programs.show),
        page("/programs/new", setting_up.choose, Permission.MANAGE_LOYALTY),
        page("/programs/new/{preset}", setting_up.fill_in, Permission.MANAGE_LOYALTY),
        act("/programs/new/{preset}/look", setting_up.look, Permission.MANAGE_LOYALTY),
        act("/programs/new/{preset}", setting_up.create, Permission.MANAGE_LOYALTY),
        page("/programs/{program_id:int}", programs.detail, Permission.MANAGE_LOYALTY),
        place(places.COVERAGE, coverage.show),
        page("/checks", checks.show, Permission.CHECK_PAGES),
        act("/checks", checks.start, Permission.CHECK_PAGES),
        page("/checks/{check_id:int}", checks.detail, Permission.CHECK_PAGES),
        place(places.HEALTH, health.show),
        act("/health/replay", health.replay, health.REPLAY),
        place(places.WEBHOOKS, webhooks.show),
        page("/webhooks/{endpoint_id:int}", webhooks.detail, Permission.MANAGE_SHOP),
        act("/webhooks/{endpoint_id:int}/pause", webhooks.pause, Permission.MANAGE_SHOP),
        act("/webhooks/{endpoint_id:int}/resume", webhooks.resume, Permission.MANAGE_SHOP),
        act("/webhooks/{endpoint_id:int}/test", webhooks.test, Permission.MANAGE_SHOP),
        act("/webhooks/{endpoint_id:int}/replay", webhooks.replay, Permission.MANAGE_SHOP),
        act("/webhooks/{endpoint_id:int}/redeliver", webhooks.redeliver, Permission.MANAGE_SHOP),
        Mount("/static", StaticFiles(directory=rendering.STATIC)),
    ]


async def _home(visit: Visit) -> Response:
    return visit.go(visit.home)
