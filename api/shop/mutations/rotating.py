"""What both rotations ask for."""

import strawberry

from api.nodes import id_or_none_such


@strawberry.input(description="Whose key or secret, and how long the former one stays good.")
class RotationInput:
    """A storefront and an overlap."""

    storefront_id: strawberry.ID = strawberry.field(description="The storefront.")
    overlap_hours: int = strawberry.field(
        default=24,
        description="Hours for which the former one stays good, up to 168; 0 refuses it at once, give or take ten "
        "seconds.",
    )

    @property
    def number(self) -> int:
        """The storefront's number."""
        return id_or_none_such("Storefront", self.storefront_id)
