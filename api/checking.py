"""Parsing and validation: how much work they may be, and what was found for the texts seen last, which come again.

How large a document may be is api.limits'.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OverlappingFieldsCanBeMergedRule,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import ASTValidationRule, ValidationContext
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

# a client that mends ten faults sends its document again; a hundred are an answer larger than the document
MAX_ERRORS = 10
# the rule compares fields of one name by pairs: 400 of them in 20 inline fragments would take most of a second.
# A pair costs 2. GraphiQL's introspection and the demo shop's queries cost nothing
MAX_COMPARISONS = 4000
# one character of a document takes about a hundred bytes when it is parsed
_KEPT_CHARACTERS = 500_000


class BoundedMergingRule(OverlappingFieldsCanBeMergedRule):
    """graphql-core's rule, which gives up ("Validation aborted.") long before it takes a noticeable time."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = MAX_COMPARISONS


Rules = tuple[type[ASTValidationRule], ...]
# what strawberry adds to every document's rules
_STRAWBERRYS: Rules = (MaybeNullValidationRule, OneOfInputValidationRule)


@dataclass(slots=True)
class Checked:
    """A document that was parsed, and what validation found; None before it ran."""

    document: DocumentNode
    errors: list[GraphQLError] | None = None


class CheckedDocuments:
    """The documents seen last, by their text. Bounded by their characters: what a stranger sends is kept, too.

    `found` and `missed` count the looks for one since the start.
    """

    def __init__(self, *, characters: int = _KEPT_CHARACTERS) -> None:
        self.found = 0
        self.missed = 0
        self._most = characters
        self._characters = 0
        self._kept: OrderedDict[str, Checked] = OrderedDict()

    def find(self, text: str) -> Checked | None:
        """The document of this text, which is then the last to be forgotten."""
        found = self._kept.get(text)
        if found is None:
            self.missed += 1
        else:
            self.found += 1
            self._kept.move_to_end(text)
        return found

    def keep(self, text: str, checked: Checked) -> None:
        """Remember it, and forget the longest unused."""
        self._kept[text] = checked
        self._characters += len(text)
        while self._characters > self._most:
            self._characters -= len(self._kept.popitem(last=False)[0])

    def __len__(self) -> int:
        return len(self._kept)


class Checking(SchemaExtension):
    """Parses and validates once for each text, without suggesting names that the sender does not know."""

    def __init__(self, kept: CheckedDocuments) -> None:
        self._kept = kept
        self._checked: Checked | None = None

    def on_parse(self) -> Iterator[None]:
        """Parse, or take what was parsed. A text that is no document is not kept."""
        context = self.execution_context
        text = context.query or ""
        # without a text strawberry says so; what gives the document itself has parsed it
        if text and context.graphql_document is None:
            self._checked = self._kept.find(text)
            if self._checked is None:
                self._checked = Checked(parse(text, **context.parse_options))
                self._kept.keep(text, self._checked)
            context.graphql_document = self._checked.document
        yield

    def on_validate(self) -> Iterator[None]:
        """Validate, or take what was found."""
        context = self.execution_context
        document = context.graphql_document
        if document is not None:
            checked = self._checked or Checked(document)
            if checked.errors is None:
                checked.errors = validated(context.schema._schema, document, context.validation_rules)
            # a copy: what is done to one answer's errors is not done to the next one's
            context.pre_execution_errors = list(checked.errors)
        yield


def validated(schema: GraphQLSchema, document: DocumentNode, rules: Rules = specified_rules) -> list[GraphQLError]:
    """At most MAX_ERRORS faults of the document, and one that says when there were more."""
    bounded = (BoundedMergingRule if rule is OverlappingFieldsCanBeMergedRule else rule for rule in rules)
    return validate(schema, document, (*bounded, *_STRAWBERRYS), max_errors=MAX_ERRORS, hide_suggestions=True)


def limited(errors: list[GraphQLError]) -> list[GraphQLError]:
    """All errors of fields, since each explains a null; of a request's own the first MAX_ERRORS."""
    of_fields = [error for error in errors if error.path is not None]
    return [error for error in errors if error.path is None][:MAX_ERRORS] + of_fields
