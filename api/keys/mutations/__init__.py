"""How administrators give and take access, an act a file. The list is part of the contract's Mutation."""

from typing import Any

from api.keys.mutations.create_service_key import create_service_key
from api.keys.mutations.revoke_service_key import revoke_service_key

KEY_MUTATIONS: list[Any] = [create_service_key, revoke_service_key]
