"""How rows are named outside. The form of the ids is core.ids'."""

from typing import TYPE_CHECKING, ClassVar

from core import ids


class Named:
    """A row that clients know by an opaque id of its type."""

    type_name: ClassVar[str]
    if TYPE_CHECKING:
        id: int

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)
