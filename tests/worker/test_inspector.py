"""Pages are checked beside everything else: each once, whoever is killed, and the figures move with what was found."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import select

from core.db import Database
from core.outbox import EventName, OutboxEvent
from core.paging import Page
from core.settings import settings
from publishing import coverage, page_checks
from publishing.events import CoverageEvent, PageCheckEvent
from publishing.tables import CheckFailure, CheckState, PageCheck
from seo.sightings import ReviewClass
from tests.conftest import FrozenClock
from tests.make import pages, webhooks
from tests.make.pages import asked, check_of
from tests.seo.shop import Shop
from tests.worker.nursery import Nursery
from tests.worker.world import environment, wait_until
from worker import schedule
from worker.inspector import Inspector
from worker.reactions import REACTIONS
from worker.runner import Worker

PATH = "/products/galet"


@pytest.fixture
def shop(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A shop of one product with two published reviews."""
    with pages.shop_of_one_product(database, monkeypatch) as opened:
        opened.pages[PATH] = pages.page(database)
        yield opened


def checked(database: Database, shop: Shop) -> PageCheck:
    """A check of the page as it is now."""
    check_id = asked(database, shop)
    Inspector(database).drain()
    return check_of(database, check_id)


def events(database: Database, name: EventName) -> list[OutboxEvent]:
    with database.reading() as session:
        return list(session.exec(select(OutboxEvent).where(OutboxEvent.name == name)))


def test_a_page_that_shows_its_reviews_is_covered(database: Database, shop: Shop) -> None:
    check = checked(database, shop)

    assert (check.state, check.reviews, check.yes, check.no, check.depends) == (CheckState.DONE, 2, 2, 0, 0)
    assert check.share_ppm == coverage.ALL_PPM
    with database.reading() as session:
        report = page_checks.report_of(session, check.id)
        assert coverage.of_shop(session)[:3] == (1, 2, 2)
    assert report is not None
    assert [judgement.sighting.kind for judgement in report.judgements] == [ReviewClass.RAW, ReviewClass.RAW]
    assert [judgement.sighting.review.text for judgement in report.judgements] == ["", ""], "the shop has the texts"
    assert {fault.code for fault in report.faults_found} >= {"OG-01"}
    assert len(events(database, PageCheckEvent.CHANGED)) == 3, "asked for, begun, done"


def test_a_fall_is_told_once_and_marked(database: Database, shop: Shop) -> None:
    endpoint_id, _ = webhooks.endpoint(database, "https://hooks.example/", "coverage.fell")
    before = checked(database, shop)
    shop.pages[PATH] = pages.page(database, leave_out=1)

    after, still = checked(database, shop), checked(database, shop)

    assert [check.has_fallen for check in (before, after, still)] == [False, True, False]
    (told,) = events(database, CoverageEvent.FELL)
    assert (told.payload["formerIndexable"], told.payload["indexable"], told.payload["reviews"]) == (2, 1, 2)
    Worker(database, REACTIONS).drain()
    (delivery,) = webhooks.deliveries_of(database, endpoint_id)
    assert delivery.state == "PENDING"


def test_without_a_browser_nothing_is_compared_with_what_one_has_drawn(database: Database, shop: Shop) -> None:
    found = {"reviews": 2, "yes": 0, "is_rendered": False}
    drawn = checked(database, shop)
    drawn.is_rendered = True

    assert not coverage.has_fallen(drawn, found, by_points=5)
    assert coverage.has_fallen(drawn, found | {"is_rendered": True}, by_points=5)
    assert not coverage.has_fallen(drawn, found | {"is_rendered": True, "reviews": 0}, by_points=5)


def test_a_page_that_does_not_answer_leaves_the_figures_of_the_check_before(database: Database, shop: Shop) -> None:
    before = checked(database, shop)
    shop.pages.pop(PATH)
    gone = checked(database, shop)
    shop.headers[PATH] = {"Location": PATH}
    shop.statuses[PATH] = 302
    lost = checked(database, shop)

    # a 404 is a page too: one that shows nothing
    assert (gone.state, gone.yes) == (CheckState.DONE, 0)
    assert (lost.state, lost.failure) == (CheckState.FAILED, CheckFailure.REDIRECT_LOOP)
    with database.reading() as session:
        assert [each.check_id for each in coverage.of_products(session, [before.product_id])[before.product_id]] == [
            gone.id
        ]


def test_a_private_address_is_out_of_reach(database: Database, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", "")
    settings.cache_clear()

    check = checked(database, shop)

    assert (check.state, check.failure, shop.asked) == (CheckState.FAILED, CheckFailure.PRIVATE_ADDRESS, [])


def test_workers_that_check_at_once_check_each_page_once(database: Database, shop: Shop) -> None:
    ids = [asked(database, shop)]
    ids += [asked(database, shop) for _ in range(3)]

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(Inspector(database).drain) for _ in range(3)]:
            done.result()

    assert len(set(ids)) == 1, "the same page waits once"
    assert shop.asked.count(PATH) == 1
    assert check_of(database, ids[0]).attempts == 1


def test_what_a_killed_worker_held_is_taken_up_again(
    database: Database, shop: Shop, nursery: Nursery, tmp_path: Path, frozen_clock: FrozenClock
) -> None:
    check_id = asked(database, shop)
    told = {
        **environment(database, tmp_path),
        "FIDELIO_PRIVATE_HOSTS": shop.origin.removeprefix("http://"),
        "FIDELIO_BROWSER": "off",
    }
    doomed = nursery.start(
        "worker", environment={**told, "FIDELIO_FAILPOINT": "after-check-taken:1"}, log=tmp_path / "log"
    )
    assert doomed.ended() == -signal.SIGKILL
    assert check_of(database, check_id).state is CheckState.RUNNING
    assert not Inspector(database).check_next(), "its lease still counts"

    frozen_clock.move_to(check_of(database, check_id).lease_until)  # type: ignore[arg-type]
    assert Inspector(database).drain() == 1

    check = check_of(database, check_id)
    assert (check.state, check.attempts) == (CheckState.DONE, 2)


def test_a_check_that_never_comes_to_an_end_is_given_up(
    database: Database, shop: Shop, frozen_clock: FrozenClock
) -> None:
    check_id = asked(database, shop)
    for _ in range(page_checks.MOST_ATTEMPTS):
        assert database.writing(lambda session: page_checks.take(session, check_id)) is not None
        frozen_clock.advance(hours=1)

    Inspector(database).drain()

    check = check_of(database, check_id)
    assert (check.state, check.failure, shop.asked) == (CheckState.FAILED, CheckFailure.CRASHED, [])


def test_a_late_worker_writes_nothing(database: Database, shop: Shop, frozen_clock: FrozenClock) -> None:
    check_id = asked(database, shop)
    late = database.writing(lambda session: page_checks.take(session, check_id))
    assert late is not None
    frozen_clock.advance(hours=1)
    Inspector(database).drain()

    assert not database.writing(lambda session: page_checks.fail(session, late, CheckFailure.TIMEOUT))
    assert check_of(database, check_id).state is CheckState.DONE


def test_the_night_asks_for_what_has_changed_or_was_not_checked_for_a_week(
    database: Database, shop: Shop, frozen_clock: FrozenClock
) -> None:
    assert schedule.ask_for_page_checks(database) == "1 page checks asked for"
    Inspector(database).drain()
    assert schedule.ask_for_page_checks(database) == "0 page checks asked for"

    frozen_clock.advance(days=8)
    assert schedule.ask_for_page_checks(database) == "1 page checks asked for"


def test_the_trend_has_a_day_for_each_night_and_old_reports_go(
    database: Database, shop: Shop, frozen_clock: FrozenClock
) -> None:
    assert schedule.keep_coverage(database) == "no page was ever checked"
    old = checked(database, shop)
    schedule.keep_coverage(database)
    frozen_clock.advance(days=100)
    shop.pages[PATH] = pages.page(database, leave_out=1)
    new = checked(database, shop)
    for _ in range(2):
        schedule.keep_coverage(database)

    assert schedule.forget_check_reports(database) == "1 reports of page checks forgotten"
    with database.reading() as session:
        assert [(day.reviews, day.yes) for day in coverage.days(session, last=200)] == [(2, 2), (2, 1)]
        assert page_checks.report_of(session, old.id) is None
        assert page_checks.report_of(session, new.id) is not None
        assert [check.id for check in coverage.history(session, new.product_id, last=10)] == [old.id, new.id]
        found: Page[PageCheck] = page_checks.page(session, first=10, only_fallen=True)
    assert [check.id for check in found.items] == [new.id]


def test_a_running_worker_checks_what_is_asked_for(
    database: Database, shop: Shop, nursery: Nursery, tmp_path: Path
) -> None:
    told = {**environment(database, tmp_path), "FIDELIO_PRIVATE_HOSTS": shop.origin.removeprefix("http://")}
    running = nursery.start("worker", environment={**told, "FIDELIO_BROWSER": "off"}, log=tmp_path / "log")
    check_id = asked(database, shop)

    wait_until(lambda: check_of(database, check_id).state is CheckState.DONE)

    assert running.stop() == 0
