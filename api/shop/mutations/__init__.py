"""What the merchant's systems tell, an act a file. The list is part of the contract's Mutation."""

from typing import Any

from api.shop.mutations.record_customer import record_customer
from api.shop.mutations.record_family import record_family
from api.shop.mutations.record_order import record_order
from api.shop.mutations.record_product import record_product
from api.shop.mutations.record_refund import record_refund
from api.shop.mutations.record_storefront import record_storefront

SHOP_MUTATIONS: list[Any] = [
    record_customer,
    record_family,
    record_order,
    record_product,
    record_refund,
    record_storefront,
]
