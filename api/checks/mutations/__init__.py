"""What is done with checks of pages, an act a file. The list is part of the contract's Mutation."""

from typing import Any

from api.checks.mutations.start_page_check import start_page_check

CHECK_MUTATIONS: list[Any] = [start_page_check]
