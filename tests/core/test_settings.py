"""What the environment decides, and what it may not."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from core.settings import MissingSecretError, Settings


@pytest.mark.parametrize("key", ["", "short", "x" * 31])
def test_a_key_too_short_to_sign_with_is_refused(key: str) -> None:
    with pytest.raises(RuntimeError, match="32 or more"):
        Settings(secret_key=SecretStr(key)).secret()


def test_a_long_enough_key_signs() -> None:
    assert Settings(secret_key=SecretStr("x" * 32)).secret() == b"x" * 32


def test_a_key_that_development_drew_serves_this_installations_commands_too(tmp_path: Path) -> None:
    with pytest.raises(MissingSecretError):
        Settings(secret_key=None, state_directory=tmp_path).secret()

    drawn = Settings(secret_key=None, state_directory=tmp_path, development=True).secret()

    assert Settings(secret_key=None, state_directory=tmp_path).secret() == drawn
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
