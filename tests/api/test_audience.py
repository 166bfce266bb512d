"""Openness is a decision: every type declares its audience, and no way leads to it for anybody else."""

import strawberry

from api.audience import seen_by
from api.fields import field
from api.schema import build_schema
from core.identity import ROLE_PERMISSIONS, Permission
from tests.api import declarations


def test_everything_is_declared_and_nothing_leads_past_it() -> None:
    found = declarations.findings(build_schema())

    assert not found, "\n".join(found)


def test_every_role_reads_what_is_public() -> None:
    # what the proof above stands on; keys' scopes and customers' tokens are given it where they are read
    assert all(Permission.READ_PUBLIC in held for held in ROLE_PERMISSIONS.values())


def test_fields_that_are_null_for_some_can_be_null() -> None:
    never = [each.path for each in declarations.fields(build_schema()) if each.only_for and _is_non_null(each)]

    assert never == []


@seen_by(Permission.READ_MEMBERS)
@strawberry.type(description="A secret of the tests.")
class Secret:
    """Seen by few."""

    word: str = strawberry.field(description="Said to few.")


@strawberry.type(description="A type of the tests that nobody has declared.")
class Forgotten:
    """Declares nothing."""

    word: str = strawberry.field(description="Said to whom?")


@strawberry.type
class Leaking:
    """Root fields as one might add them."""

    @field()
    def anyone(self) -> str:
        """Without requires."""
        return ""

    @field(requires=Permission.READ_PUBLIC)
    def secret(self) -> Secret:
        """A secret for everybody."""
        return Secret(word="")

    @field(requires=Permission.READ_MEMBERS)
    def told(self) -> Secret:
        """A secret for those it is for."""
        return Secret(word="")

    @field(requires=Permission.READ_PUBLIC, only_for=(Permission.READ_MEMBERS,))
    def whispered(self) -> Secret | None:
        """A secret that is null for the others."""
        return None

    @field(requires=Permission.READ_PUBLIC)
    def forgotten(self) -> Forgotten:
        """Of nobody's declaring."""
        return Forgotten(word="")


def test_a_field_that_forgets_is_found_and_the_message_says_what_to_do() -> None:
    found = declarations.findings(strawberry.Schema(query=strawberry.type(name="Query")(_subclass())))

    assert [said.partition(" ")[0] for said in found] == [
        "Forgotten",
        "Query.anyone",
        "Query.secret",
        "Query.forgotten",
    ]
    assert "Query.secret shows Secret, which is for READ_MEMBERS, to whoever holds READ_PUBLIC." in found[2]
    assert all("@seen_by(Permission...)" in said for said in found)


def _subclass() -> type:
    return type("Query", (Leaking,), {"__doc__": "The tests' root."})


def _is_non_null(each: declarations.Declared) -> bool:
    return str(each.field.type).endswith("!")
