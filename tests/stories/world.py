"""What the stories share: a club, its members over the API, and the pages that a shopper sees."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from core.db import Database
from core.ids import to_public
from loyalty.drafts import RuleDraft, TierDraft
from loyalty.queries import programs
from loyalty.tables import RuleKind
from tests.api.conftest import Api, Callee
from tests.make import loyalty
from tests.make import photos as pictures
from worker.reactions import REACTIONS
from worker.runner import Worker

FIFTY_A_REVIEW = RuleDraft(kind=RuleKind.REVIEW_PUBLISHED, points=50)

_JOIN = """mutation Join($input: JoinProgramInput!) {
  joinProgram(input: $input) { membership { id } userErrors { code } }
}"""
_UPLOAD = """mutation Upload($input: CreateUploadInput!) {
  createUpload(input: $input) { upload { photoId url } userErrors { code } }
}"""
_STANDING = """{ viewer { memberships {
  balance { spendable pending deficit } tier { name }
  ledger(first: 50) { nodes { kind points qualifyingPoints explanation } }
} } }"""
_PAGE = """query Page($id: ID!) { node(id: $id) { ... on Product {
  ratingSummary { count meanTenths photoReviewCount }
  reviews(first: 10) { nodes { id photos { id } } }
  photos(first: 10) { nodes { id } }
  markup { jsonLd microdata }
} } }"""


@dataclass(frozen=True)
class Club:
    """A program of one point a euro and fifty a review, with a second tier from sixty points on."""

    program_id: str

    @classmethod
    def make(cls, database: Database) -> "Club":
        """The program, committed."""
        draft = loyalty.program_draft(
            loyalty.ONE_PER_EURO,
            FIFTY_A_REVIEW,
            handle="club",
            tiers=(TierDraft(name="Base", threshold=0), TierDraft(name="Top", threshold=60)),
        )
        database.writing(lambda session: loyalty.program(session, draft))
        with database.reading() as session:
            found = programs.by_handle(session, "club")
        assert found is not None
        return cls(to_public("Program", found.id))

    def join(self, shopper: Callee) -> None:
        """The shopper becomes a member."""
        answer = shopper.data(_JOIN, input={"programId": self.program_id, "termsVersion": "1"})["joinProgram"]
        assert answer["userErrors"] == []


def standing(shopper: Callee) -> Any:  # noqa: ANN401 - JSON
    """The shopper's only membership."""
    (membership,) = shopper.data(_STANDING)["viewer"]["memberships"]
    return membership


def photo_of(shopper: Callee) -> str:
    """The id of a photo that the shopper has sent, as a browser would: to the address, without any key."""
    words = {"bytes": 1_000_000, "licenceGranted": True, "peopleAgree": True}
    upload = shopper.data(_UPLOAD, input=words)["createUpload"]["upload"]
    address = urlsplit(upload["url"])
    answer = shopper.client.put(f"{address.path}?{address.query}", content=pictures.jpeg_with_gps())
    assert answer.status_code == 201, answer.text
    photo_id: str = upload["photoId"]
    return photo_id


def page(api: Api, product_id: str) -> Any:  # noqa: ANN401 - JSON
    """What a visitor's product page is made of."""
    return api.as_visitor().data(_PAGE, id=product_id)["node"]


def react(database: Database) -> None:
    """The worker has done what was due."""
    Worker(database, REACTIONS).drain()
