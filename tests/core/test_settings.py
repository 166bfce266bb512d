"""What the environment decides, and what it may not."""

import pytest
from pydantic import SecretStr

from core.settings import Settings


@pytest.mark.parametrize("key", ["", "short", "x" * 31])
def test_a_key_too_short_to_sign_with_is_refused(key: str) -> None:
    with pytest.raises(RuntimeError, match="32 or more"):
        Settings(secret_key=SecretStr(key), development=False).secret()


def test_a_long_enough_key_signs() -> None:
    assert Settings(secret_key=SecretStr("x" * 32)).secret() == b"x" * 32
