"""The contract told by itself: a rule that closes `__schema`. `__type`, which clients and audits ask, stays open."""

from graphql import FieldNode, GraphQLError
from graphql.validation import ValidationRule


class ClosedSchemaRule(ValidationRule):
    """Refuses `__schema`. What the schema says is no secret then either: GET /schema.graphql is one small text."""

    def enter_field(self, node: FieldNode, *_path: object) -> None:
        """Report the field, wherever it stands."""
        if node.name.value == "__schema":
            self.report_error(GraphQLError("`__schema` is closed here. The contract is at /schema.graphql.", node))
