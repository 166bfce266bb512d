"""The demo shop: loaded once through the rooms, as its files promise, and never twice or by half."""

import json
import signal
import stat
from collections import Counter
from pathlib import Path

import pytest
import typer
from sqlmodel import Session, SQLModel, col, func, select

from cli import demo
from cli.demo import seed
from cli.demo.records import Person
from core import accounts, clock, customer_tokens, outbox
from core.customer_tokens import CustomerClaims
from core.db import Database
from core.outbox import OutboxEvent
from loyalty.queries import entries
from loyalty.tables import LedgerEntry, Lot, Membership, Referral, ReferralState, Tier
from shop import customers, products, storefronts
from shop.customer_tokens import terms_of
from shop.tables import Order, Storefront
from tests.cli.conftest import Fidelio
from tests.demo import URL, Loaded
from tests.make import shop as make
from tests.schema import create_schema
from tests.worker.nursery import Nursery
from ugc import moderation, ratings
from ugc.moderation import Decision
from ugc.tables.photos import Photo, PhotoDecision, PhotoStatus
from ugc.tables.reviews import Actor, ModerationDecision, Review, ScreenVerdict
from worker.reactions import REACTIONS
from worker.runner import Worker


def rows(session: Session, model: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(model)).one()


def test_every_review_stands_where_its_file_says_and_for_the_reasons_it_says(once: Loaded) -> None:
    expected = {opinion.body: opinion for opinion in seed.reviews()}
    stands = {"PUBLISHED": "publish", "QUEUED": "queue", "WITHHELD": "queue", "REJECTED": "reject"}

    with once.database.reading() as session:
        found = session.exec(select(Review)).all()
        assert Counter(stands[review.latest_status] for review in found) == {"publish": 127, "queue": 19, "reject": 4}
        assert len(expected) == 148
        assert rows(session, ScreenVerdict) > 0
        assert Counter(review.locale for review in found) == {"fr-FR": 70, "en-US": 55, "zh-Hant": 25}


def test_the_screens_said_what_the_files_say_they_say(once: Loaded) -> None:
    held = Counter(
        code
        for line in (seed.FOLDER / "reviews.jsonl").read_text(encoding="utf-8").splitlines()
        for code in json.loads(line).get("held_by", [])
    )

    with once.database.reading() as session:
        said = session.exec(select(ScreenVerdict.code).where(col(ScreenVerdict.code).is_not(None))).all()

    assert Counter(said) == held


def test_every_decision_is_a_member_of_staffs(once: Loaded) -> None:
    with once.database.reading() as session:
        staff = set(session.exec(select(accounts.StaffAccount.id)).all())
        decided = session.exec(select(ModerationDecision).where(col(ModerationDecision.actor) == Actor.STAFF)).all()
        of_photos = session.exec(select(PhotoDecision)).all()

    assert len(staff) == 2
    assert {decision.staff_id for decision in decided} == staff
    assert {decision.staff_id for decision in of_photos} <= staff


def test_members_are_in_every_tier_and_points_add_up(once: Loaded) -> None:
    with once.database.reading() as session:
        tiers = {tier.id: tier.name for tier in session.exec(select(Tier))}
        members = session.exec(select(Membership)).all()
        assert Counter(tiers[member.tier_id or 0] for member in members) == {"Gold": 4, "Silver": 12, "Bronze": 24}
        for member in members:
            entered = select(func.coalesce(func.sum(col(LedgerEntry.points)), 0))
            assert session.exec(entered.where(LedgerEntry.membership_id == member.id)).one() == member.balance
            left = select(func.coalesce(func.sum(col(Lot.remaining)), 0))
            assert session.exec(left.where(Lot.membership_id == member.id)).one() == member.balance
        states = [referral.state for referral in session.exec(select(Referral))]
        assert Counter(states) == {ReferralState.COMPLETED: 2, ReferralState.PENDING: 1}


def test_nothing_is_left_to_react_to_and_no_counter_drifted(once: Loaded) -> None:
    with once.database.reading() as session:
        assert outbox.backlog(session) == 0
        assert outbox.dead_letters(session) == []
        assert ratings.drifts(session) == []


def test_the_past_lies_in_the_past(once: Loaded) -> None:
    with once.database.reading() as session:
        first, last = session.exec(
            select(func.min(col(OutboxEvent.occurred_at)), func.max(col(OutboxEvent.occurred_at)))
        ).one()
        placed = session.exec(select(func.min(col(Order.placed_at)))).one()

    assert (clock.now() - placed).days >= 530
    assert first < last <= clock.now()


def test_photos_went_through_the_pipeline(once: Loaded) -> None:
    with once.database.reading() as session:
        found = Counter(session.exec(select(Photo.status).where(col(Photo.review_id).is_not(None))).all())
    kept = [file for file in (once.folder / "media").rglob("*") if file.is_file()]

    assert found == {PhotoStatus.APPROVED: 10, PhotoStatus.PENDING: 1}
    assert len(kept) >= 22
    assert {file.read_bytes()[:4] for file in kept} == {b"RIFF"}


def test_the_member_who_stands_twenty_under_gold_is_lifted_by_her_one_star_review(copied: Loaded) -> None:
    jeanne = next(person for person in seed.people() if person.first_name == "Jeanne")
    database = copied.database

    def approve(session: Session) -> None:
        front = storefronts.by_handle(session, jeanne.storefront)
        assert front is not None
        author_id = customers.of_external_id(session, front.id, jeanne.id)
        waiting = (Review.author_id == author_id, col(Review.waiting_since).is_not(None))
        review = session.exec(select(Review).where(*waiting)).one()
        assert review.rating == 1
        staff_id = session.exec(select(accounts.StaffAccount.id)).first() or 0
        decision = Decision(review_id=review.id, revision_no=1, version=review.version, staff_id=staff_id)
        assert moderation.approve(session, decision) == review.id

    assert tier_of(database, jeanne) == ("Silver", 980)
    database.writing(approve)
    Worker(database, REACTIONS).drain()

    assert tier_of(database, jeanne) == ("Gold", 1000)


def tier_of(database: Database, person: Person) -> tuple[str, int]:
    """The customer's tier, and the points that count toward it today."""
    with database.reading() as session:
        front = storefronts.by_handle(session, person.storefront)
        assert front is not None
        customer_id = customers.of_external_id(session, front.id, person.id)
        member = session.exec(select(Membership).where(Membership.customer_id == customer_id)).one()
        today = clock.local_day(clock.now(), "Europe/Paris").date()
        first = today.replace(year=today.year - 1)
        points = entries.qualifying(session, member.id, first=first, last=today)
        return session.get_one(Tier, member.tier_id).name, points


def test_loading_again_changes_nothing_and_gives_the_same_keys(copied: Loaded) -> None:
    def state(database: Database) -> list[int]:
        with database.reading() as session:
            models = (Order, Review, OutboxEvent, LedgerEntry, Photo, accounts.ServiceKey, accounts.StaffAccount)
            return [rows(session, model) for model in models]

    before = state(copied.database)

    again = copied.load_again()

    assert state(copied.database) == before
    assert (again.publishable_keys, again.staff, again.service_key) == (
        copied.shop.publishable_keys,
        copied.shop.staff,
        copied.shop.service_key,
    )


def test_the_storefront_may_move_to_another_port(copied: Loaded) -> None:
    moved = copied.load_again(url="http://127.0.0.1:9001")

    assert moved.publishable_keys == copied.shop.publishable_keys
    with copied.database.reading() as session:
        assert {front.origin for front in storefronts.everyone(session)} == {"http://127.0.0.1:9001"}
        front = storefronts.by_handle(session, "fr")
        assert front is not None
        shown = products.shown_by_handle(session, "bol-matin", storefront_id=front.id)
        assert shown is not None
        assert front.product_url == "http://127.0.0.1:9001/fr/products/{handle}"
        assert shown.image_url == "http://127.0.0.1:9001/pictures/bol-matin.webp"


def test_keys_and_passwords_work_and_stand_in_a_file_that_only_its_owner_reads(once: Loaded) -> None:
    file = once.folder / "demo.json"

    with once.database.reading() as session:
        for login in once.shop.staff:
            account = accounts.authenticate(session, email=login.email, password=login.password)
            assert isinstance(account, accounts.StaffAccount)
            assert account.role == login.role
        assert accounts.service_key_of(session, once.shop.service_key) is not None
        for handle, token in once.shop.customer_tokens().items():
            front = storefronts.by_key(session, once.shop.publishable_keys[handle])
            assert front is not None
            claims = customer_tokens.read_shared(token, terms_of(front))
            assert isinstance(claims, CustomerClaims)
            assert customers.of_external_id(session, front.id, claims.subject) is not None

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(json.loads(file.read_text())) == {"staff", "service_key", "publishable_keys"}


def test_the_keys_are_printed_again_on_demand(
    copied: Loaded, fidelio: Fidelio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIDELIO_DATABASE_URL", copied.address)
    monkeypatch.setenv("FIDELIO_STATE_DIRECTORY", str(copied.folder))

    printed = json.loads(fidelio("demo", "keys").stdout)

    assert printed["publishable_keys"] == copied.shop.publishable_keys
    assert printed["service_key"] == copied.shop.service_key
    assert [login["password"] for login in printed["staff"]] == [login.password for login in copied.shop.staff]
    assert set(printed["customer_tokens"]) == {"fr", "us"}


def test_there_are_no_keys_where_no_demo_shop_is(fidelio: Fidelio) -> None:
    refused = fidelio("demo", "keys")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "The demo shop is not loaded here; load it with: fidelio demo load\n"


def test_a_database_with_another_shop_is_left_alone(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.writing(make.storefront)

    with pytest.raises(typer.Exit):
        demo.load_once(database, tmp_path, storefront_url=URL)

    assert "another shop" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    with database.reading() as session:
        assert rows(session, Storefront) == 1


def test_a_loaded_database_without_its_keys_is_left_alone(copied: Loaded, capsys: pytest.CaptureFixture[str]) -> None:
    (copied.folder / "demo.json").unlink()

    with pytest.raises(typer.Exit):
        copied.load_again()

    assert "demo.json" in capsys.readouterr().err
    assert not (copied.folder / "demo.json").exists()


def test_a_load_that_was_killed_is_completed_by_the_next_start(once: Loaded, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'fidelio.db'}"
    create_schema(address)
    environment = {
        "FIDELIO_DATABASE_URL": address,
        "FIDELIO_STATE_DIRECTORY": str(tmp_path),
        "FIDELIO_MEDIA_DIRECTORY": str(tmp_path / "media"),
        "FIDELIO_DEVELOPMENT": "1",
    }
    with Nursery() as nursery:
        # after the catalogue and some photos, in the midst of another one
        failpoint = {"FIDELIO_FAILPOINT": "before-commit:15"}
        killed = nursery.start("demo", "load", environment={**environment, **failpoint}, log=tmp_path / "log")
        assert killed.ended() == -signal.SIGKILL
        kept = json.loads((tmp_path / "demo.json").read_text())["staff"]
        with Database.open(address).reading() as session:
            assert rows(session, Storefront) == 2
            assert rows(session, Order) == 0

        nothing = {"FIDELIO_FAILPOINT": ""}
        second = nursery.start("demo", "load", environment={**environment, **nothing}, log=tmp_path / "log")
        assert second.ended(within=120) == 0

    assert json.loads((tmp_path / "demo.json").read_text())["staff"] == kept
    with Database.open(address).reading() as session, once.database.reading() as whole:
        for model in (Order, Review, LedgerEntry, Membership, OutboxEvent, PhotoDecision, ModerationDecision):
            assert rows(session, model) == rows(whole, model)
