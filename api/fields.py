"""How a field is declared: its description is the resolver's docstring, and who may use it is stated beside it."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry
from strawberry.extensions import FieldExtension

from api.audience import seen_by
from api.context import Info
from api.errors import forbidden, unauthenticated
from api.sharing import SHARED
from core.identity import CallerKind, Permission


class Requires(FieldExtension):
    """Refuses callers without the permission before the resolver runs."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: object, info: Info, **arguments: object
    ) -> object:
        """The field's value, or UNAUTHENTICATED for nobody, FORBIDDEN for somebody else."""
        caller = info.context.caller
        if not caller.may(self.permission):
            raise unauthenticated() if caller.kind is CallerKind.ANONYMOUS else forbidden(self.permission)
        return await next_(source, info, **arguments)


class RequiresThroughout(Requires):
    """Refuses as Requires does, and has the stream ask again while it lasts."""

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: object, info: Info, **arguments: object
    ) -> object:
        """The source of events."""
        if info.context.stream is not None:
            info.context.stream.requires = self.permission
        return await super().resolve_async(next_, source, info, **arguments)


class OnlyFor(FieldExtension):
    """Null for callers with none of the permissions; the resolver does not run for them."""

    def __init__(self, *permissions: Permission) -> None:
        self.permissions = frozenset(permissions)

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: object, info: Info, **arguments: object
    ) -> object:
        """The field's value, or null."""
        caller = info.context.caller
        if not any(caller.may(permission) for permission in self.permissions):
            return None
        return await next_(source, info, **arguments)


def field(
    *,
    requires: Permission | None = None,
    only_for: tuple[Permission, ...] = (),
    name: str | None = None,
    shared: bool = False,
) -> Callable[[Callable[..., Any]], Any]:
    """A resolved field, for the whole audience of its type (api.audience) unless it says more.

    - `requires`: others are refused with FORBIDDEN. A root field always states it.
    - `only_for`: others get null, as where a field of a public type says more to some.
    - `shared`: every visitor of a storefront gets the same, now and in a minute: caches may keep it (api.sharing).
    """
    narrowed: list[FieldExtension] = [Requires(requires)] if requires else []
    narrowed += [OnlyFor(*only_for)] if only_for else []

    def declare(resolver: Callable[..., Any]) -> Any:  # noqa: ANN401 - strawberry's own field type is untyped
        return strawberry.field(
            resolver=resolver,
            name=name,
            description=_description(resolver),
            extensions=narrowed,
            metadata={SHARED: shared},
        )

    return declare


def mutation(*, requires: Permission) -> Callable[[Callable[..., Any]], Any]:
    """A mutation field; every one says who may use it, and its payload is theirs."""

    def declare(resolver: Callable[..., Any]) -> Any:  # noqa: ANN401 - strawberry's own field type is untyped
        _describe_input(resolver)
        seen_by(requires)(resolver.__annotations__["return"])
        return strawberry.mutation(
            resolver=resolver, description=_description(resolver), extensions=[Requires(requires)]
        )

    return declare


def subscription(*, requires: Permission) -> Callable[[Callable[..., Any]], Any]:
    """A subscription field; its caller must keep the permission for as long as they listen."""

    def declare(resolver: Callable[..., Any]) -> Any:  # noqa: ANN401 - strawberry's own field type is untyped
        return strawberry.subscription(
            resolver=resolver, description=_description(resolver), extensions=[RequiresThroughout(requires)]
        )

    return declare


def _describe_input(resolver: Callable[..., Any]) -> None:
    # every mutation's one input says the same of itself; its fields say the rest
    kind = resolver.__annotations__.get("input")
    if kind is not None:
        said = strawberry.argument(description="What is asked for.")
        resolver.__annotations__["input"] = Annotated[kind, said]


def _description(resolver: Callable[..., Any]) -> str:
    text = inspect.getdoc(resolver)
    if not text:
        raise TypeError(f"{resolver.__qualname__} needs a docstring: it is the field's description")
    return text
