"""The attacks by document: what is sent, the code that refuses it, and the most nodes that may be looked at.

From research on GraphQL denial of service and from the checks that public scanners make. Tests send them through the
server; benchmarks.attacks takes their time.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Attack:
    """One document with its variables. `visited`: the most nodes its measure may look at; 0, when it is not parsed."""

    document: str
    code: str
    visited: int = 0
    variables: dict[str, Any] = field(default_factory=dict)


def chain(length: int, link: str = "...f{next} ...f{next}") -> str:
    """Each fragment spreads the next twice: 2**length fields when written out."""
    parts = [f"fragment f{n} on Query {{ {link.replace('{next}', str(n + 1))} }}" for n in range(length)]
    return "{ ...f0 } " + " ".join(parts) + f" fragment f{length} on Query {{ __typename }}"


def nested(levels: int, inner: str = "name") -> str:
    """Types of fields of types, and so on."""
    return "fields { type { " * levels + inner + " } }" * levels


def many(count: int, part: str) -> str:
    """`part` for every number below `count`, in place of {n}."""
    return " ".join(part.replace("{n}", str(n)) for n in range(count))


def spreads(first: int, end: int) -> str:
    """A spread of every fragment from `first` on."""
    return " ".join(f"...f{n}" for n in range(first, end))


TOO_LARGE, UNPARSED = "DOCUMENT_TOO_LARGE", "GRAPHQL_PARSE_FAILED"
INVALID, BAD_INPUT = "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"

REPEATED = "viewer { kind } "
ATTACKS: dict[str, Attack] = {
    # fragments that are walked again at every spread
    "chain of 18 fragments": Attack(chain(18), TOO_LARGE, 38),
    "chain of 60 fragments": Attack(chain(60), TOO_LARGE, 122),
    "chain of fields": Attack(chain(60, "a: node(id: 1) { ...f{next} } b: node(id: 2) { ...f{next} }"), TOO_LARGE, 242),
    "circular fragments": Attack("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", INVALID, 3),
    "a fragment of itself": Attack("{ ...a } fragment a on Query { ...a ...a }", INVALID, 3),
    "an unknown fragment": Attack("{ ...Nope }", INVALID, 1),
    "every fragment in every fragment": Attack(
        "{ ...f0 } " + " ".join(f"fragment f{n} on Query {{ a {spreads(n + 1, 25)} }}" for n in range(25)),
        TOO_LARGE,
        326,
    ),
    # validation compares repeated fields by pairs
    "2000 repeats": Attack("{ " + "t { name } " * 2000 + "}", UNPARSED),
    "240 repeats": Attack("{ " + "t { name } " * 240 + "}", TOO_LARGE, 480),
    "500 repeats of a leaf": Attack("{ " + "__typename " * 500 + "}", TOO_LARGE, 500),
    "200 inline fragments": Attack("{ " + "... { t { name } } " * 200 + "}", TOO_LARGE, 600),
    "repeats in inline fragments": Attack("{ " + ("... { " + REPEATED * 19 + "} ") * 19 + "}", INVALID, 741),
    "repeats in fragments": Attack(
        f"{{ {spreads(0, 19)} }} " + many(19, f"fragment f{{n}} on Query {{ {REPEATED * 19}}} "), INVALID, 741
    ),
    "repeats in repeats": Attack(
        '{ product(handle: "a") { ' + ("family { " + ("products { " + "id " * 5 + "} ") * 7 + "} ") * 7 + "} }",
        TOO_LARGE,
        302,
    ),
    "150 fragments of one field": Attack(
        f"{{ {spreads(0, 150)} }} " + many(150, "fragment f{n} on Query { viewer { kind } }"), TOO_LARGE, 450
    ),
    "101 aliases": Attack("{ " + many(101, "a{n}: __typename") + " }", TOO_LARGE, 101),
    "600 aliases": Attack("{ " + many(600, "a{n}: __typename") + " }", TOO_LARGE, 600),
    "aliases in fragments": Attack(
        "{ ...f0 } " + many(10, "fragment f{n} on Query { " + many(11, "a{n}_{n}: __typename") + " }"), TOO_LARGE, 111
    ),
    # depth
    "5000 levels": Attack("{a" * 5000 + "}" * 5000, UNPARSED),
    "100 levels": Attack("{ viewer " * 100 + "{ kind }" + "}" * 100, TOO_LARGE, 101),
    "5000 lists in an argument": Attack("{ node(id: " + "[" * 5000 + "]" * 5000 + ") { id } }", UNPARSED),
    "500 objects in an argument": Attack("{ node(id: " + "{a:" * 500 + "1" + "}" * 500 + ") { id } }", UNPARSED),
    "700 lists in a type": Attack("query Q($a: " + "[" * 700 + "Int" + "]" * 700 + ") { __typename }", UNPARSED),
    # introspection
    "circular introspection": Attack("{ __schema { types { " + nested(3) + " } } }", INVALID, 9),
    "introspection by __type": Attack('{ __type(name: "Query") { ' + nested(4) + " } }", INVALID, 10),
    "introspection in fragments": Attack(
        '{ __type(name: "Query") { ...a } } fragment a on __Type { fields { type { ...b } } } '
        "fragment b on __Type { fields { type { fields { type { fields { name } } } } } }",
        INVALID,
        11,
    ),
    "introspection 40 times": Attack(
        "{ " + many(40, "a{n}: __schema { types { fields { name } } }") + " }", TOO_LARGE, 160
    ),
    "introspection of fields 90 times": Attack(
        "{ __schema { types { " + many(90, "a{n}: fields { name }") + " } } }", TOO_LARGE, 182
    ),
    # directives
    "900 directives": Attack("{ __typename " + "@a " * 900 + "}", TOO_LARGE, 1),
    "10 unknown directives": Attack("{ __typename " + "@a " * 10 + "}", TOO_LARGE, 1),
    "directives of an operation": Attack("query Q " + "@a " * 900 + "{ __typename }", TOO_LARGE, 1),
    "directives of a variable": Attack("query Q($a: Int " + "@a " * 900 + ") { __typename }", TOO_LARGE, 1),
    "directives of a fragment": Attack("{ ...f } fragment f on Query " + "@a " * 900 + "{ __typename }", TOO_LARGE, 2),
    "a few unknown directives": Attack("{ __typename " + "@a " * 5 + "}", INVALID, 1),
    "unknown directives in many places": Attack("{ " + many(11, "a{n}: __typename @a @b") + " }", TOO_LARGE, 11),
    "a directive that repeats": Attack("{ viewer { kind " + "@include(if: true) " * 15 + "} }", TOO_LARGE, 2),
    # definitions
    "2000 unused variables": Attack("query Q(" + many(2000, "$v{n}: Int") + ") { __typename }", UNPARSED),
    "400 unused variables": Attack("query Q(" + many(400, "$v{n}: Int") + ") { __typename }", TOO_LARGE, 1),
    "300 operations": Attack(many(300, "query q{n} { __typename }"), TOO_LARGE, 300),
    "400 anonymous operations": Attack("{ __typename } " * 400, TOO_LARGE, 400),
    "60 operations of 20 fields": Attack(
        many(60, "query q{n} { ...f }") + " fragment f on Query { " + many(20, "f{n}") + " }", TOO_LARGE, 80
    ),
    "250 fragments with one name": Attack("{ ...a } " + "fragment a on Query { a } " * 250, TOO_LARGE, 252),
    "200 definitions of types": Attack("{ __typename } " + many(200, "type T{n} { a: Int }"), TOO_LARGE, 1),
    "450 arguments": Attack("{ product(" + many(450, "a{n}: 1") + ") { id } }", INVALID, 2),
    "450 fields of an input": Attack(
        "mutation { submitReview(input: {" + many(450, "a{n}: 1") + "}) { userErrors { code } } }", INVALID, 3
    ),
    "600 unknown fields": Attack("{ " + many(600, "a{n}") + " }", INVALID, 600),
    # text
    "5000 comments": Attack("#\n" * 5000 + "{ __typename }", UNPARSED),
    "a comment of 30 kB": Attack("{ __typename } #" + "x" * 30_000, UNPARSED),
    "900 kB of spaces": Attack("{ __typename } " + " " * 900_000, UNPARSED),
    "a name of 19 kB": Attack("{ " + "a" * 19_000 + " }", INVALID, 1),
    "a number of 19,000 digits": Attack("{ products(first: " + "9" * 19_000 + ") { nodes { id } } }", INVALID, 3),
    "a float of 19,000 digits": Attack("{ products(first: 1." + "9" * 19_000 + ") { nodes { id } } }", INVALID, 3),
    "1e999": Attack("{ products(first: 1e999) { nodes { id } } }", INVALID, 3),
    "an unclosed string": Attack('{ node(id: "' + "a" * 19_000, UNPARSED),
    "a letter that looks like another": Attack("{ vi\u0435wer { kind } }", UNPARSED),
    "bytes of no text": Attack("{ \ufffe\u0000 }", UNPARSED),
    "an unknown variable's value": Attack(
        "query Q($n: Int!) { products(first: $n) { nodes { id } } }", BAD_INPUT, 3, {"n": "9" * 200_000}
    ),
    "a list of 20,000 as a number": Attack(
        "query Q($n: Int!) { products(first: $n) { nodes { id } } }", BAD_INPUT, 3, {"n": [1] * 20_000}
    ),
    "20,000 fields of an input": Attack(
        "mutation M($i: SubmitReviewInput!) { submitReview(input: $i) { userErrors { code } } }",
        BAD_INPUT,
        3,
        {"i": {f"a{n}": n for n in range(20_000)}},
    ),
    "20,000 items of an input": Attack(
        "mutation M($i: CreateProgramInput!) { createProgram(input: $i) { userErrors { code } } }",
        BAD_INPUT,
        3,
        {"i": {"tiers": [{"name": 1}] * 20_000}},
    ),
}
