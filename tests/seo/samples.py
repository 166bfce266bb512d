"""A teapot with three published reviews, and pages of it: what the tests of the check are made of."""

from datetime import UTC, datetime
from pathlib import Path

from core.fetching import Hop
from seo import robots
from seo.documents import Document
from seo.page import Page, saved
from seo.robots import RobotsFile, RobotsUnreachable
from seo.subject import Subject
from seo.truth import GoneText, PublishedReview, Truth

PAGES = Path(__file__).parent / "pages"
URL = "https://shop.example/teapot"
ROBOTS_URL = "https://shop.example/robots.txt"

ANNE = PublishedReview(
    id="a1",
    author="Anne D.",
    text="It pours without a drop beside the cup and keeps warm for an hour.",
    rating=5,
    published_at=datetime(2026, 3, 3, tzinfo=UTC),
    locale="en-US",
)
BRUNO = PublishedReview(
    id="b2",
    author="Bruno L.",
    text="The lid is a little loose, but the glaze is beautiful and the colour is exactly that of the picture.",
    rating=4,
    published_at=datetime(2026, 3, 5, tzinfo=UTC),
    locale="en-US",
)
WANG = PublishedReview(
    id="c3",
    author="王小明",
    text="茶壶做工精细，倒水顺畅不滴漏，保温效果也很好，非常满意这次购买。",
    rating=5,
    published_at=datetime(2026, 3, 8, tzinfo=UTC),
    locale="zh-CN",
)
REJECTED = GoneText("g1", "Never buy from these people, my cousin sells the same pot for half the price.", "rejected")
TRUTH = Truth(
    product_name="Brume teapot",
    url=URL,
    reviews=(ANNE, BRUNO, WANG),
    rating_value="4.7",
    rating_count=3,
    review_count=3,
    gone=(REJECTED,),
)


def truth(*reviews: PublishedReview, gone: tuple[GoneText, ...] = ()) -> Truth:
    """A truth of these reviews alone."""
    return Truth("Brume teapot", URL, reviews, "", len(reviews), len(reviews), gone)


def page(html: str, *, url: str = URL, headers: tuple[tuple[str, str], ...] = ()) -> Page:
    """A page as a server sent it with status 200."""
    read = saved(html.encode(), url=url)
    return Page(url, 200, headers, (), read.raw, read.encoding, read.text)


def document(html: str, *chain: str) -> Document:
    """A page to be looked at, with the way to it."""
    return Document(page(html, url=chain[-1] if chain else URL), chain)


def subject(
    html: str,
    *,
    status: int = 200,
    hops: tuple[Hop, ...] = (),
    robots_txt: str | RobotsUnreachable = "",
    later: tuple[Document, ...] = (),
    truth: Truth | None = TRUTH,
) -> Subject:
    """A fetched page with its surroundings, as the rules see it."""
    from seo.gathering import gather_saved

    framed = gather_saved(html.encode(), url=URL, truth=truth)
    sent = Page(URL, status, (), hops, framed.page.raw, framed.page.encoding, framed.page.text)
    known: RobotsFile | RobotsUnreachable = (
        robots.parse(robots_txt.encode(), url=ROBOTS_URL) if isinstance(robots_txt, str) else robots_txt
    )
    return Subject(Document(sent), known, framed.frames, later, truth=truth)


def sample(code: str, name: str) -> str:
    """One of the rule's sample pages."""
    return (PAGES / code / f"{name}.html").read_text(encoding="utf-8")


def quoted(code: str) -> list[str]:
    """What the evidence of the rule's bad page quotes, a line each; kept beside the page."""
    return (PAGES / code / "quoted.txt").read_text(encoding="utf-8").splitlines()
