"""What does it cost to refuse an attack? `python -m benchmarks.attacks`

Every document of the tests' corpus goes through the whole application in one process, each time as a text that was not
seen before, beside the floor: a trivial query. Strawberry's own limiters see one of them, for comparison.
"""

import asyncio
import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path

import strawberry
from strawberry.extensions import MaxAliasesLimiter, QueryDepthLimiter

from api.app import create_app
from benchmarks.measuring import alternate, spread, table
from benchmarks.product_page import seed
from benchmarks.sending import Sender
from core import migrate, settings
from core.db import Database
from tests.api.attacks.corpus import ATTACKS, Attack, chain

TRIVIAL = "{ viewer { kind } }"
# the longest that refusing one should take
AIM = 50.0


def main() -> None:
    """Print the tables, and what is over the aim."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'bench.db'}"
        # nothing is throttled: what is measured is the refusal of the document
        settings.configure(state_directory=Path(folder), secret_key="x" * 40, visitor_allowance=(10**9, 10**9))
        migrate.upgrade(address)
        database = Database.open(address)
        key, _storefront_id = database.writing(seed)
        with asyncio.Runner() as runner:
            sender = Sender(create_app(database, settings.settings()), key, runner)
            subjects = {"a trivial query": anew(sender, Attack(TRIVIAL, ""))}
            subjects |= {name: anew(sender, attack) for name, attack in ATTACKS.items()}
            taken = alternate(subjects, rounds=7, calls=2)
        database.close()
    print(table(taken, floor="a trivial query"))
    over = [name for name, values in taken.items() if spread(values).median > AIM]
    print(f"\nover {AIM:g} ms: {', '.join(over) or 'none'}\n")
    print(table(alternate(limiters(), rounds=3, calls=1), floor="no limiter"))


def anew(sender: Sender, attack: Attack) -> Callable[[], bytes]:
    """Send it so that no cache knows it: with one more space at its end each time."""
    texts = (attack.document + " " * number for number in itertools.count(1))
    return lambda: sender.ask(next(texts), attack.variables)


def limiters() -> dict[str, Callable[[], object]]:
    """Strawberry's schema with one limiter of its own each, before the shortest of our attacks."""
    attack = chain(18)
    chosen: dict[str, list[Callable[[], strawberry.extensions.SchemaExtension]]] = {
        "no limiter": [],
        "strawberry's depth limiter": [lambda: QueryDepthLimiter(max_depth=20)],
        "strawberry's alias limiter": [lambda: MaxAliasesLimiter(max_alias_count=100)],
    }
    return {name: _executing(strawberry.Schema(Nothing, extensions=each), attack) for name, each in chosen.items()}


@strawberry.type(name="Query")
class Nothing:
    """The least schema that there is."""

    nothing: int = 0


def _executing(schema: strawberry.Schema, document: str) -> Callable[[], object]:
    return lambda: schema.execute_sync(document, root_value=Nothing())


if __name__ == "__main__":
    main()
