"""Documents and committed rows for the tests of photos: uploads that were taken, and reviews that carry them."""

from typing import Any
from urllib.parse import urlsplit

from tests.api.conftest import Api, Callee
from tests.api.ugc import make
from tests.make import photos as pictures

CREATE = """mutation Create($input: CreateUploadInput!, $key: String) {
  createUpload(input: $input, idempotencyKey: $key) {
    upload { photoId url maxBytes expiresAt }
    userErrors { code field message }
  }
}"""

MODERATE = """mutation Moderate($input: ModeratePhotoInput!) {
  moderatePhoto(input: $input) {
    photo { id status version review { id } }
    userErrors { code field message }
  }
}"""

PHOTO = "id status version width height url renditions { size width height url }"
REVIEW = f"""query Review($id: ID!) {{
  node(id: $id) {{ ... on Review {{ photoCount photos {{ {PHOTO} }} sentPhotos {{ {PHOTO} }} }} }}
}}"""
PRODUCT = f"""query Product($id: ID!, $first: Int! = 10, $after: String) {{
  node(id: $id) {{ ... on Product {{
    ratingSummary {{ photoReviewCount }}
    photos(first: $first, after: $after) {{ nodes {{ {PHOTO} }} pageInfo {{ hasNextPage endCursor }} }}
  }} }}
}}"""
PAGE = """query Page($id: ID!) {
  node(id: $id) { ... on Product {
    reviews(first: 20) { nodes { id photos { url } } }
    photos(first: 12) { nodes { url review { id } } }
  } }
}"""
QUEUE = f"{{ photoQueue {{ nodes {{ {PHOTO} review {{ id }} }} }} }}"
NODE = "query Node($id: ID!) { node(id: $id) { __typename id ... on Photo { status } } }"


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def opened(author: Callee, size: int = 1_000_000) -> Any:  # noqa: ANN401 - JSON
    words = {"bytes": size, "licenceGranted": True, "peopleAgree": True}
    payload = author.data(CREATE, input=words)["createUpload"]
    assert payload["userErrors"] == []
    return payload["upload"]


def sent(author: Callee, content: bytes | None = None) -> str:
    """The id of a photo whose bytes were taken."""
    upload = opened(author)
    answer = author.client.put(path_of(upload["url"]), content=content or pictures.jpeg_with_gps())
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"photo": {"id": upload["photoId"], "state": "READY"}}
    photo_id: str = upload["photoId"]
    return photo_id


def reviewed(api: Api, *, photos: int = 1, handle: str = "tea", author: str = "camille") -> tuple[Any, str]:
    """(a published review with photos that wait, its product's id)."""
    product_id = make.product(api.database, handle)
    customer = api.as_customer(author)
    words = {
        "productId": product_id,
        "rating": 5,
        "body": make.BODY.format(author),
        "photoIds": [sent(customer) for _ in range(photos)],
    }
    payload = customer.data(make.SUBMIT, input=words)["submitReview"]
    assert payload["userErrors"] == []
    assert make.decide(api.as_staff(), payload["review"])["userErrors"] == []
    return payload["review"], product_id


def moderated(api: Api, photo: Any, decision: str = "APPROVE", **more: Any) -> Any:  # noqa: ANN401 - JSON
    words = {"photoId": photo["id"], "version": photo["version"], "decision": decision, **more}
    return api.as_staff().data(MODERATE, input=words)["moderatePhoto"]
