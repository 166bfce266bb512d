"""The demo customers one may sign in as, where the shop holds the secret. A real shop has accounts instead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A customer by the shop's own id."""

    id: str
    name: str


PEOPLE: dict[str, tuple[Person, ...]] = {
    "fr": (
        Person("C-1001", "Camille"),
        Person("C-1002", "Bastien"),
        Person("C-1003", "Mireille"),
        Person("C-1004", "Yanis"),
        Person("C-1008", "Jeanne"),
    ),
    "us": (
        Person("C-1021", "Hannah"),
        Person("C-1022", "Marcus"),
        Person("C-1023", "Priya"),
        Person("C-1024", "Doug"),
        Person("C-1029", "Grace"),
    ),
}


def find(market_handle: str, person_id: str) -> Person | None:
    """The person of this id, among those of the market."""
    return next((person for person in PEOPLE[market_handle] if person.id == person_id), None)
