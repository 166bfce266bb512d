"""Who may import whom. Rooms know no door, a room knows only the rooms below it, a library has its one place."""

from collections.abc import Iterator

import pytest

from tests.house.sources import BESIDE, DOORS, PRODUCT, ROOMS, Fault, Import, Module, assert_none, imports, modules

# the rooms that each package may import besides itself
BELOW: dict[str, tuple[str, ...]] = {
    "core": (),
    "shop": ("core",),
    "ugc": ("core", "shop"),
    "loyalty": ("core", "shop"),
    "crm": ("core", "shop", "ugc", "loyalty"),
    # pure: usable alone, without a database
    "seo": ("core.fetching", "core.clock", "core.money", "core.texts"),
    "publishing": ("core", "shop", "ugc", "loyalty", "seo"),
    "api": ROOMS,
    "console": ROOMS,
    "worker": ROOMS,
    # the command line starts the other doors
    "cli": (*ROOMS, "api", "console", "worker"),
}
# what one file may import beyond its package's share, and why
EXCEPTIONS: dict[str, tuple[str, ...]] = {
    "api/app.py": ("console.app", "worker"),  # one process: the console is mounted, the worker may be embedded
}
# where a library may be imported: folders or single files
PLACES: dict[str, tuple[str, ...]] = {
    "strawberry": ("api/",),
    "starlette": ("api/", "console/"),
    "extruct": ("seo/microdata_peer.py",),
    "playwright": ("seo/rendering/",),
}
OURS = PRODUCT + BESIDE


def forbidden_rooms(module: Module) -> Iterator[Fault]:
    """Imports of ours that the module's package has no right to."""
    allowed = (module.package, *BELOW[module.package], *EXCEPTIONS.get(module.path, ()))
    for found in imports(module):
        if found.is_in(*OURS) and not found.is_in(*allowed) and not _is_package_of(found, allowed):
            share = ", ".join(BELOW[module.package]) or "nothing of ours"
            yield Fault(
                module.path,
                found.line,
                f"imports {found.name}, but {module.package} may import {share}: let a door pass the answer on, "
                "record an event and react to it in worker/reactions.py, or move what both need a room down",
            )


def _is_package_of(found: Import, allowed: tuple[str, ...]) -> bool:
    """`import core.texts` binds `core` too; the plain name of an allowed module's package does no harm."""
    return any(place.startswith(f"{found.name}.") for place in allowed)


def misplaced_libraries(module: Module) -> Iterator[Fault]:
    """Imports of a library outside the place that wraps it."""
    for found in imports(module):
        for library, places in PLACES.items():
            if found.is_in(library) and not module.path.startswith(places):
                yield Fault(module.path, found.line, f"imports {library}; only {' and '.join(places)} may")


def test_rooms_and_doors_import_only_what_is_below_them() -> None:
    assert_none(fault for module in modules(*PRODUCT) for fault in forbidden_rooms(module))


def test_each_wrapped_library_is_imported_in_its_place_alone() -> None:
    assert_none(fault for module in modules(*PRODUCT) for fault in misplaced_libraries(module))


def test_examples_use_the_product_as_a_stranger_would() -> None:
    assert_none(
        Fault(module.path, found.line, f"imports {found.name}; an example speaks to the API over HTTP")
        for module in modules("examples")
        for found in imports(module)
        if found.is_in(*PRODUCT)
    )


@pytest.mark.parametrize(
    "path, line",
    [
        ("core/db.py", "import shop.orders"),
        ("ugc/reviews.py", "from loyalty import ledger"),
        ("loyalty/ledger.py", "def late():\n    from ugc.reviews import submit"),
        ("seo/page.py", "from core.db import Database"),
        ("seo/page.py", "from core import db"),
        ("shop/orders.py", "from ..api import schema"),
        ("console/app.py", "import api.app"),
        ("api/schema.py", "import console.app"),
        ("ugc/reviews.py", "import tests.conftest"),
    ],
)
def test_a_forbidden_import_is_found(path: str, line: str) -> None:
    assert len(list(forbidden_rooms(Module.of(path, line)))) == 1


@pytest.mark.parametrize(
    "path, line",
    [
        ("ugc/reviews.py", "from ugc.tables import Review\nfrom core import db\nfrom shop import products"),
        ("seo/page.py", "from core import clock, texts\nfrom core.fetching import fetch"),
        ("api/app.py", "from console.app import console\nimport worker.loop"),
        ("cli/serve.py", "import api.app"),
        ("publishing/facts.py", "from seo.markup import facts"),
    ],
)
def test_an_allowed_import_is_left_alone(path: str, line: str) -> None:
    assert list(forbidden_rooms(Module.of(path, line))) == []


@pytest.mark.parametrize(
    "path, line",
    [
        ("ugc/reviews.py", "import strawberry"),
        ("worker/loop.py", "from starlette.requests import Request"),
        ("seo/rules/rating.py", "import extruct"),
    ],
)
def test_a_library_out_of_its_place_is_found(path: str, line: str) -> None:
    assert len(list(misplaced_libraries(Module.of(path, line)))) == 1


def test_every_package_has_its_share_named() -> None:
    assert set(BELOW) == set(ROOMS + DOORS)
