"""Reads the demo shop's files, examples/seed."""

import json
import tomllib
from pathlib import Path
from typing import TypeVar

from cli.demo.circle import Circle
from cli.demo.records import Bought, Opinion, People, Person, Record, Shop

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "seed"

R = TypeVar("R", bound=Record)


def shop() -> Shop:
    """Storefronts, categories, families, products."""
    return _toml(Shop, "shop.toml")


def people() -> tuple[Person, ...]:
    """The customers."""
    return _toml(People, "customers.toml").customers


def circle() -> Circle:
    """The program, its members and what they did."""
    return _toml(Circle, "loyalty.toml")


def orders() -> list[Bought]:
    """The orders, oldest first."""
    return _lines(Bought, "orders.jsonl")


def reviews() -> list[Opinion]:
    """The reviews, oldest first."""
    return _lines(Opinion, "reviews.jsonl")


def photo(name: str) -> bytes:
    """A customer's snapshot."""
    return (FOLDER / "photos" / name).read_bytes()


def _toml(record: type[R], name: str) -> R:
    return record.model_validate(tomllib.loads((FOLDER / name).read_text(encoding="utf-8")))


def _lines(record: type[R], name: str) -> list[R]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [record.model_validate(json.loads(line)) for line in lines]
