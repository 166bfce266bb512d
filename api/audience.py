"""Who may hold an object of each type: every type of the contract says so once, beside its class.

What a single field asks on top of that is api.fields'. tests/api/test_audience.py proves that no way leads to a type
for callers outside its audience.
"""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from strawberry.types.base import StrawberryObjectDefinition, get_object_definition

from core.identity import Caller, Permission

T = TypeVar("T")
Audience: TypeAlias = frozenset[Permission]

_declared: dict[str, Audience] = {}
_containers: set[str] = set()


def seen_by(*permissions: Permission) -> Callable[[type[T]], type[T]]:
    """Declares the type's audience: callers who hold any of these permissions. Stands above `@strawberry.type`.

    - READ_PUBLIC: everybody with a key or a token, strangers with a publishable key among them.
    - ACT_AS_CUSTOMER: a customer, of what is their own. Whose it is, the resolver that finds it sees to.
    """

    def declare(kind: type[T]) -> type[T]:
        _declared[_name(kind)] = frozenset(permissions)
        return kind

    return declare


def seen_with_its_content(kind: type[T]) -> type[T]:
    """Declares that whoever may hold what the generic type carries may hold it: `Connection[Review]` as `Review`."""
    _containers.add(_name(kind))
    return kind


def of_type(definition: StrawberryObjectDefinition) -> Audience | None:
    """The declared audience; None when nobody has declared one."""
    if definition.name not in _containers:
        return _declared.get(definition.name)
    held = [get_object_definition(kind) for kind in definition.type_var_map.values()]
    return next((of_type(content) for content in held if content is not None), None)


def admits(caller: Caller, type_name: str) -> bool:
    """Whether the caller belongs to the audience of a type; nobody does to that of a type without one."""
    return any(caller.may(permission) for permission in _declared.get(type_name, ()))


def _name(kind: type) -> str:
    return get_object_definition(kind, strict=True).name
