"""Documents that nobody would write: any text, and the examples' operations cut, doubled and mixed. None is our fault.

A few in every run, thousands with `--deep` (`make test-deep`).
"""

import json
import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.identity import Role
from tests.api.attacks.corpus import ATTACKS
from tests.api.conftest import Api, Callee
from tests.api.test_hostile_input import unexpected

ROOT = Path(__file__).parents[3]
OPERATIONS = [path.read_text() for path in sorted((ROOT / "examples" / "operations").glob("*.graphql"))]
SEEDS = OPERATIONS + [attack.document for attack in ATTACKS.values() if len(attack.document) < 2000]
WORDS = re.compile(r"\w+|\W")
TOKENS = sorted({word for text in OPERATIONS for word in WORDS.findall(text)} | {"null", "-1", "@defer", "...", '"""'})
# each is sent by three callers
ANYTHING = settings(max_examples=settings().max_examples // 4, suppress_health_check=list(HealthCheck))


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """A document of somebody, with some of its words cut, doubled, moved, or replaced by another's."""
    words = WORDS.findall(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        first, last = sorted((draw(st.integers(0, len(words))), draw(st.integers(0, len(words)))))
        last = min(last, first + 30)
        change = draw(st.sampled_from(["cut", "double", "replace", "put"]))
        if change == "cut":
            del words[first:last]
        elif change == "double":
            words[first:first] = words[first:last]
        elif change == "replace" and words:
            words[min(first, len(words) - 1)] = draw(st.sampled_from(TOKENS))
        else:
            words.insert(first, draw(st.one_of(st.sampled_from(TOKENS), st.text(max_size=5))))
    return "".join(words)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)
NAMES = st.sampled_from(["input", "key", "first", "after", "id", "handle", "i", "n", "storefront"])


def test_no_document_is_our_fault(api: Api) -> None:
    callers = (api.as_staff(Role.ADMIN), api.as_customer("ada"), api.as_visitor())

    @ANYTHING
    @given(document=st.one_of(mutants(), st.text(max_size=300)), variables=st.dictionaries(NAMES, VALUES, max_size=3))
    def answered(document: str, variables: dict[str, object]) -> None:
        body = json.dumps({"query": document, "variables": variables}).encode("utf-8", "surrogatepass")
        for caller in callers:
            assert_answered(caller, body)

    answered()


def test_no_body_is_our_fault(api: Api) -> None:
    visitor = api.as_visitor()

    @ANYTHING
    @given(body=st.one_of(st.binary(max_size=300), VALUES.map(lambda value: json.dumps(value).encode())))
    def answered(body: bytes) -> None:
        assert_answered(visitor, body)

    answered()


def assert_answered(caller: Callee, body: bytes) -> None:
    """The answer is JSON, and says that nothing of ours is wrong."""
    headers = {**caller.headers, "Content-Type": "application/json", "Accept": "application/graphql-response+json"}
    answer = caller.client.post("/graphql", content=body, headers=headers)
    assert answer.status_code < 500, body
    assert unexpected(answer.json()) == [], body
