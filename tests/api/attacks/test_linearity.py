"""Measuring is linear in the document whatever its fragments do, and tells what writing everything out would tell."""

from dataclasses import dataclass

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, FragmentSpreadNode, OperationDefinitionNode, parse
from graphql.language import SelectionSetNode
from hypothesis import given
from hypothesis import strategies as st

from api.cost import CAP
from api.limits import Measure
from core.paging import DEFAULT_PAGE
from tests.api.attacks.test_documents import nodes_of

# (name in the document, whether it has a selection of its own)
LEAVES = ("id", "name")
PLAIN = ("price", "author")
PAGES = ("products(first: 3)", "reviews(first: 2)", "reviews")
ITEMS = ("nodes", "edges")


def selections(names: list[str]) -> st.SearchStrategy[str]:
    """Selection sets over a few fields, pages among them, and over these fragments."""
    leaf = st.sampled_from([*LEAVES, *(f"...{name}" for name in names)])

    def deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        field = st.sampled_from([*PLAIN, *PAGES, *ITEMS, "... on Thing"])
        return st.builds(
            lambda head, parts: f"{head} {{ {' '.join(parts)} }}", field, st.lists(inner, min_size=1, max_size=3)
        )

    parts = st.recursive(leaf, deeper, max_leaves=6)
    return st.lists(parts, min_size=1, max_size=4).map(lambda each: "{ " + " ".join(each) + " }")


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents whose fragments spread only later ones: as validation would have them."""
    names = [f"f{number}" for number in range(draw(st.integers(0, 6)))]
    parts = [draw(selections(names))]
    for number, name in enumerate(names):
        parts.append(f"fragment {name} on Thing {draw(selections(names[number + 1 :]))}")
    return " ".join(parts)


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """Any graph of fragments, circles included."""
    count = draw(st.integers(1, 12))
    edges = st.lists(st.integers(0, count - 1), min_size=1, max_size=8)
    bodies = [" ".join(f"...f{to}" for to in draw(edges)) for _ in range(count)]
    return "{ ...f0 } " + " ".join(f"fragment f{number} on T {{ a {body} }}" for number, body in enumerate(bodies))


@given(st.one_of(documents(), graphs()))
def test_no_node_is_visited_twice(text: str) -> None:
    document = parse(text)

    assert Measure(document).visited <= nodes_of(document)


@given(documents())
def test_the_cost_is_that_of_the_document_written_out(text: str) -> None:
    document = parse(text)

    assert Measure(document).cost() == WrittenOut.of(document).cost()


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """The definition of the cost, read off the fully expanded document: exponential, and obviously right."""

    fragments: dict[str, SelectionSetNode]
    operation: SelectionSetNode

    @classmethod
    def of(cls, document: DocumentNode) -> "WrittenOut":
        """The document's only operation and its fragments."""
        defined = [part for part in document.definitions if isinstance(part, FragmentDefinitionNode)]
        fragments = {part.name.value: part.selection_set for part in defined}
        (operation,) = (part for part in document.definitions if isinstance(part, OperationDefinitionNode))
        return cls(fragments, operation.selection_set)

    def cost(self) -> int:
        """The objects in the answer."""
        return min(sum(self._objects(field, page=DEFAULT_PAGE) for field in self._fields(self.operation)), CAP)

    def _fields(self, selection_set: SelectionSetNode) -> list[FieldNode]:
        found: list[FieldNode] = []
        for part in selection_set.selections:
            if isinstance(part, FieldNode):
                found.append(part)
            else:
                inner = self.fragments[part.name.value] if isinstance(part, FragmentSpreadNode) else part.selection_set  # type: ignore[attr-defined]
                found += self._fields(inner)
        return found

    def _objects(self, field: FieldNode, *, page: int) -> int:
        if field.selection_set is None:
            return 0
        inner = self._fields(field.selection_set)
        if field.name.value in ITEMS:
            return page * (1 + sum(self._objects(each, page=DEFAULT_PAGE) for each in inner))
        first = next((int(each.value.value) for each in field.arguments or ()), None)  # type: ignore[attr-defined]
        is_page = any(each.name.value in ITEMS and each.selection_set for each in inner)
        size = first or DEFAULT_PAGE if is_page else 1
        within = 1 + sum(self._objects(each, page=size) for each in inner)
        if is_page:
            return within
        return within * (first or (500 if field.name.value == "products" else 1))
