"""Amounts that a 32-bit integer cannot hold are everyday prices in some currencies."""

from core.identity import Permission
from tests.api.conftest import Api
from tests.make import shop as make

RECORD = """
mutation Record($input: RecordOrderInput!) {
  recordOrder(input: $input) { order { lines { total { amountMinor } } } userErrors { code field } }
}
"""


def test_an_order_of_fifty_million_rupiah_is_recorded_to_the_last_unit(api: Api) -> None:
    api.database.writing(lambda session: make.product(session, "bed"))
    line = {"externalId": "l-1", "title": "Bed", "quantity": 1, "totalMinor": 5_000_000_099}
    order = {
        "externalId": "o-1",
        "state": "PAID",
        "currency": "IDR",
        "lines": [line],
        "placedAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-01T00:00:00Z",
    }

    erp = api.as_service(Permission.MANAGE_SHOP)
    erp.headers |= api.as_visitor().headers
    answer = erp.data(RECORD, input=order)["recordOrder"]

    assert answer["userErrors"] == []
    assert answer["order"]["lines"][0]["total"]["amountMinor"] == 5_000_000_099
