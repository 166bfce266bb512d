"""Members in the console: looked up, read with the reason of every entry, and given points by those who may."""

import pytest

from core.identity import ROLE_PERMISSIONS, Permission, Role
from loyalty.queries import balances
from tests.console.browsing import words
from tests.console.conftest import Office
from tests.make import loyalty as make

OUTSIDERS = [role for role in Role if Permission.READ_MEMBERS not in ROLE_PERMISSIONS[role]]


def membership(office: Office) -> int:
    """Camille's, of the program Club."""
    return office.given(lambda session: make.member(session, make.program(session, make.program_draft(handle="club"))))


def spendable(office: Office, membership_id: int) -> int:
    with office.database.reading() as session:
        return balances.by_ids(session, [membership_id])[membership_id].balance


def test_a_member_is_found_by_what_names_them(office: Office) -> None:
    membership_id = membership(office)
    browser = office.signed_in(role=Role.MARKETER)

    found = browser.open("/members?who=camille").page.select_one(".row__title")
    assert found is not None
    assert found["href"] == f"/console/members/{membership_id}"
    assert browser.open("/members?who=camill").page.select(".row") == []
    assert len(browser.open("/members").page.select(".row")) == 1


def test_points_are_given_and_taken_with_a_reason_that_stands_in_the_ledger(office: Office) -> None:
    membership_id = membership(office)
    browser = office.signed_in(role=Role.MARKETER).open(f"/members/{membership_id}")

    browser.send("/adjust", points="1200", reason="Late parcel")
    assert browser.message == "The ledger has the entry."
    assert words(browser.page.select_one(".row")).startswith("1,200 points given by the shop: Late parcel +1,200")
    browser.send("/adjust", points="-200", reason="Typed twice")
    assert spendable(office, membership_id) == 1000
    assert words(browser.page.select_one(".figure dd")) == "1,000"


@pytest.mark.parametrize(
    "points, reason, said",
    [
        ("many", "Why not", "Give a whole number of points."),
        ("0", "Why not", "This number does not fit."),
        ("5", "", "Fill in this field."),
        ("-5", "Why not", "You are 5 points short."),
    ],
)
def test_a_mistake_is_told_and_moves_nothing(office: Office, points: str, reason: str, said: str) -> None:
    membership_id = membership(office)
    browser = office.signed_in(role=Role.MARKETER).open(f"/members/{membership_id}")

    browser.send("/adjust", points=points, reason=reason)

    assert said in browser.message
    assert spendable(office, membership_id) == 0


def test_the_page_speaks_french(office: Office) -> None:
    browser = office.signed_in(role=Role.MARKETER, locale="fr").open(f"/members/{membership(office)}")

    assert "Points à dépenser" in words(browser.page.main)
    assert "Donner ou retirer des points" in words(browser.page.main)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_neither_see_members_nor_give_points(office: Office, role: Role) -> None:
    membership_id = membership(office)
    browser = office.signed_in(role=role)
    token = str(browser.page.select_one("[name=form_token]")["value"])  # type: ignore[index]

    assert browser.open("/members").answer.status_code == 403
    assert browser.open(f"/members/{membership_id}").answer.status_code == 403
    fields = {"form_token": token, "points": "5", "reason": "Mine"}
    assert browser.client.post(f"/console/members/{membership_id}/adjust", data=fields).status_code == 403
    assert spendable(office, membership_id) == 0
