"""The console in the reader's language: a stranger's browser's, a member of staff's own."""

from tests.console.browsing import words
from tests.console.conftest import Office


def test_the_sign_in_page_speaks_the_browsers_language(office: Office) -> None:
    browser = office.browser().open("/sign-in", **{"accept-language": "de;q=0.9, fr-CA;q=0.8, en;q=0.5"})

    assert (browser.page.html["lang"], browser.heading) == ("fr", "Connexion")  # type: ignore[index]


def test_a_stranger_may_choose_another(office: Office) -> None:
    browser = office.browser().open("/sign-in?lang=fr", **{"accept-language": "en"})

    assert browser.page.html["lang"] == "fr"  # type: ignore[index]


def test_a_choice_is_kept_with_the_account(office: Office) -> None:
    browser = office.signed_in("maud").open("/decisions")

    browser.send("/language", press=("locale", "fr"))

    assert (browser.path, browser.heading) == ("/console/decisions", "Décisions")
    assert browser.page.html["lang"] == "fr"  # type: ignore[index]
    elsewhere = office.browser().sign_in("maud@shop.test", "a long enough password")
    assert words(elsewhere.page.h1) == "Avis à traiter"


def test_a_language_that_the_console_does_not_speak_is_refused(office: Office) -> None:
    browser = office.signed_in("maud").open("/queue")

    browser.send("/language", press=("locale", "tlh"))

    assert browser.answer.status_code == 400
    assert browser.open("/queue").page.html["lang"] == "en"  # type: ignore[index]
