"""What the merchant's systems tell, of keys and tokens too, an act a file. The list is part of Mutation."""

from typing import Any

from api.shop.mutations.configure_customer_tokens import configure_customer_tokens
from api.shop.mutations.record_customer import record_customer
from api.shop.mutations.record_family import record_family
from api.shop.mutations.record_order import record_order
from api.shop.mutations.record_product import record_product
from api.shop.mutations.record_refund import record_refund
from api.shop.mutations.record_storefront import record_storefront
from api.shop.mutations.revoke_customer_tokens import revoke_customer_tokens
from api.shop.mutations.rotate_customer_secret import rotate_customer_secret
from api.shop.mutations.rotate_storefront_key import rotate_storefront_key
from api.shop.mutations.sign_out_everywhere import sign_out_everywhere

SHOP_MUTATIONS: list[Any] = [
    configure_customer_tokens,
    record_customer,
    record_family,
    record_order,
    record_product,
    record_refund,
    record_storefront,
    revoke_customer_tokens,
    rotate_customer_secret,
    rotate_storefront_key,
    sign_out_everywhere,
]
