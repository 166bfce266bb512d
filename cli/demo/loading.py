"""Loads the demo shop into an empty database, once: the catalogue, then its whole past in one transaction."""

from dataclasses import replace
from pathlib import Path

import typer
from sqlmodel import Session

from cli.demo import catalogue, keys, progress, seed, snapshots
from cli.demo.catalogue import Catalogue
from cli.demo.circle import Circle
from cli.demo.history import History
from cli.demo.keys import DemoShop, Kept, Shopper
from cli.demo.opinions import Desk, Opinions
from cli.demo.outcome import done
from cli.demo.timeline import Timeline
from core import accounts, clock
from core.customer_tokens import CustomerClaims
from core.db import Database
from core.identity import Role
from loyalty.queries import programs
from shop import storefronts

_SCOPES = ("READ_REVIEWS", "READ_MEMBERS", "MANAGE_SHOP", "MANAGE_LOYALTY")


def load_once(database: Database, state_directory: Path, *, storefront_url: str) -> DemoShop:
    """Load what is not there yet, and return the ways in; its storefronts are then served from `storefront_url`.

    - Safe to interrupt: the catalogue is recorded by its own ids, and the past is there as a whole or not at all.
    - A database with other storefronts, or with the demo's but without the keys that were kept, is left alone: an
      explanation on standard error and exit code 1.
    """
    kept = keys.read(state_directory)
    _stop_unless_ours(database, kept)
    if kept is None:
        kept = keys.draw()
        keys.write(state_directory, kept)
    _load(database, kept, storefront_url)
    return _ways_in(database, state_directory, kept)


def ways_in(database: Database, state_directory: Path) -> DemoShop:
    """The ways into the loaded demo shop; exit code 1 where none is loaded."""
    kept = keys.read(state_directory)
    _stop_unless_ours(database, kept)
    with database.reading() as session:
        is_loaded = programs.by_handle(session, seed.circle().program.handle) is not None
    if kept is None or not is_loaded:
        typer.echo("The demo shop is not loaded here; load it with: fidelio demo load", err=True)
        raise typer.Exit(1)
    return _ways_in(database, state_directory, kept)


def _stop_unless_ours(database: Database, kept: Kept | None) -> None:
    ours = {front.handle for front in seed.shop().storefronts}
    with database.reading() as session:
        there = {front.handle for front in storefronts.everyone(session)}
    if there - ours:
        typer.echo("This database holds another shop. The demo loads into an empty one only.", err=True)
        raise typer.Exit(1)
    if there and kept is None:
        typer.echo(
            "The demo shop is in this database, but demo.json with its keys is gone from the state directory. "
            "Put the file back, or remove the database to start anew.",
            err=True,
        )
        raise typer.Exit(1)


def _load(database: Database, kept: Kept, storefront_url: str) -> None:
    circle = seed.circle()
    with database.reading() as session:
        is_loaded = programs.by_handle(session, circle.program.handle) is not None
        origins = {front.origin for front in storefronts.everyone(session)}
    if is_loaded and origins == {storefront_url}:
        return
    recorded = database.writing(lambda session: catalogue.record(session, storefront_url=storefront_url))
    if not is_loaded:
        _load_past(database, kept, recorded, circle)


def _load_past(database: Database, kept: Kept, recorded: Catalogue, circle: Circle) -> None:
    shop, opinions, orders = seed.shop(), seed.reviews(), seed.orders()
    zones = {front.handle: front.time_zone for front in shop.storefronts}
    sent = sum(len(opinion.photos) for opinion in opinions)
    with progress.shown("Loading the demo shop, once: photos", sent) as passed:
        photo_ids = snapshots.upload(database, recorded, opinions, zones, passed=passed)

    def step(session: Session) -> None:
        timeline = Timeline()
        history = History(timeline, shop, recorded)
        history.add_circle(circle)
        history.add_orders(orders)
        with clock.at(circle.program.opens_at):
            staff = _hire(session, kept)
        Opinions(timeline, recorded, Desk(staff, shop.merchant.time_zone), photo_ids).add(opinions, zones)
        with progress.shown("Loading the demo shop, once: eighteen months", len(timeline)) as passed:
            timeline.run(session, passed=passed)

    database.writing(step)


def _hire(session: Session, kept: Kept) -> tuple[int, ...]:
    people = zip(keys.STAFF, kept.staff, strict=True)
    return tuple(
        done(
            accounts.create_staff(
                session,
                email=person.email,
                name=person.name,
                role=Role(login.role),
                password=login.password,
                locale=person.locale,
            )
        )
        for person, login in people
    )


def _ways_in(database: Database, state_directory: Path, kept: Kept) -> DemoShop:
    with database.reading() as session:
        fronts = storefronts.everyone(session)
        has_key = bool(kept.service_key) and accounts.service_key_of(session, kept.service_key) is not None
    publishable = {front.handle: front.publishable_key for front in fronts}
    service_key = kept.service_key if has_key else _new_service_key(database)
    if not has_key or kept.publishable_keys != publishable:
        kept = replace(kept, service_key=service_key, publishable_keys=publishable)
        keys.write(state_directory, kept)
    shoppers = _shoppers({front.handle: front.customer_secret for front in fronts})
    return DemoShop(publishable, kept.staff, service_key, shoppers)


def _new_service_key(database: Database) -> str:
    made = database.writing(lambda session: accounts.create_service_key(session, name="Demo", scopes=_SCOPES))
    return done(made)[1]


def _shoppers(secrets: dict[str, str]) -> dict[str, Shopper]:
    """The first member of each storefront that the files name."""
    people = {person.id: person for person in seed.people()}
    members = [people[member.customer] for member in seed.circle().members]
    found: dict[str, Shopper] = {}
    for person in members:
        claims = CustomerClaims(person.id, person.email, person.first_name, person.last_initial)
        found.setdefault(person.storefront, Shopper(claims, secrets[person.storefront]))
    return found
