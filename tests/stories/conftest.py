"""The API as its own tests have it, for flows that cross rooms and doors."""

from tests.api.conftest import api

__all__ = ["api"]
