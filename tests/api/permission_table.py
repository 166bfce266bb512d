"""The table of permissions in docs/callers.md, made from the code; `make schema` writes it anew."""

import re
from pathlib import Path

from api.schema import build_schema
from core.identity import ROLE_PERMISSIONS, SCOPES, Permission, Role
from tests.api import declarations

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "callers.md"
_ROLES = (Role.MODERATOR, Role.MARKETER, Role.SEO, Role.ADMIN)


def table() -> str:
    """Who holds each permission, and what it opens at the root."""
    head = ["permission", *(role.value.lower() for role in _ROLES), "scope of a service key", "opens"]
    rows = [[permission.value, *_held(permission), _opens(permission)] for permission in Permission]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write() -> None:
    """Put the table where the page has it."""
    page = PAGE.read_text()
    PAGE.write_text(re.sub(r"(?m)^\| permission \|.*\n(?:^\|.*\n)*", lambda _: f"{table()}\n", page))


def _held(permission: Permission) -> list[str]:
    roles = [permission in ROLE_PERMISSIONS[role] for role in _ROLES]
    return ["yes" if held else "" for held in (*roles, permission in SCOPES)]


def _opens(permission: Permission) -> str:
    found = [each for each in declarations.fields(build_schema()) if each.requires is permission]
    names = sorted(each.name for each in found if each.parent in declarations.ROOTS)
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    write()
