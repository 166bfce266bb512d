"""docs/callers.md tells of the permissions that the code has."""

from api.schema import build_schema
from core.identity import Permission
from tests.api import declarations
from tests.api.permission_table import PAGE, table


def test_the_page_has_the_table_of_permissions() -> None:
    assert table() in PAGE.read_text(), "run: make schema"


def test_every_permission_opens_something() -> None:
    opened = {each.requires for each in declarations.fields(build_schema())}

    assert set(Permission) <= opened
