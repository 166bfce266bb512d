"""The length screen."""

import pytest

from ugc.screening.length import SCREEN
from ugc.screening.screen import Circumstances, ReviewText, ScreenCode

ALONE = Circumstances(has_bought=True, published_before=0)


@pytest.mark.parametrize(
    "body, code",
    [
        ("Très bon.", ScreenCode.TEXT_SHORT),
        ("Bon     thé      ici ", ScreenCode.TEXT_SHORT),
        ("Un très bon thé noir.", None),
        ("茶很香，回甘很好。", ScreenCode.TEXT_SHORT),
        ("茶很香，回甘很好，會再買。", None),
    ],
)
def test_there_is_enough_to_read(body: str, code: ScreenCode | None) -> None:
    assert SCREEN.look(ReviewText(title=None, body=body, locale="fr-FR"), ALONE).code is code
