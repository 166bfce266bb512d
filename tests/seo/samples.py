"""A teapot with three published reviews, and pages of it: what the tests of the check are made of."""

from datetime import UTC, datetime
from pathlib import Path

from core.fetching import Fetched, Hop
from seo import feeds, robots
from seo.answers import Answer
from seo.documents import Document
from seo.frames import Frame
from seo.page import Page, saved
from seo.rendered import Blocked, LaterView, RenderedPage
from seo.rendering.job import Exchange
from seo.robots import Line, RobotsFile, RobotsUnreachable
from seo.sitemaps import Sitemaps
from seo.subject import Subject
from seo.surroundings import Surroundings
from seo.truth import GoneText, PublishedReview, Truth

PAGES = Path(__file__).parent / "pages"
URL = "https://shop.example/teapot"
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
TYPE = (("Content-Type", "text/html; charset=utf-8"),)
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
    url: str = URL,
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
    hops: tuple[Hop, ...] = (),
    robots_txt: str | bytes | RobotsUnreachable = "",
    later: tuple[Document, ...] = (),
    frames: tuple[Frame, ...] = (),
    truth: Truth | None = TRUTH,
    around: Surroundings | None = None,
    feed: str = "",
    seconds: tuple[float, float] = (0.1, 0.2),
    is_cut: bool = False,
    sends_type: bool = True,
    rendered: RenderedPage | None = None,
) -> Subject:
    """A fetched page with its surroundings, as the rules see it."""
    from seo.gathering import gather_saved

    framed = gather_saved(html.encode("utf-8", "surrogateescape"), url=url, truth=truth)
    read = framed.page
    sent = Page(
        url,
        status,
        (*(TYPE if sends_type else ()), *headers),
        hops,
        read.raw,
        read.encoding,
        read.text,
        is_cut,
        seconds,
    )
    known: RobotsFile | RobotsUnreachable
    if isinstance(robots_txt, RobotsUnreachable):
        known = robots_txt
    else:
        known = robots.parse(robots_txt.encode() if isinstance(robots_txt, str) else robots_txt, url=ROBOTS_URL)
    return Subject(
        Document(sent),
        known,
        (*framed.frames, *frames),
        later,
        truth=truth,
        around=around,
        feed=feeds.read([feed.encode()], url="feed.xml", pages=[url]) if feed else None,
        checked_at=NOW,
        rendered=rendered,
    )


def rendered(
    light: str,
    *,
    opened: str = "",
    closed: str = "",
    whole: str = "",
    after: tuple[LaterView, ...] = (),
    exchanges: tuple[Exchange, ...] = (),
    blocked: tuple[Blocked, ...] = (),
    as_googlebot: RenderedPage | None = None,
    is_cut: bool = False,
) -> RenderedPage:
    """A page as a browser has drawn it, from the HTML of its views."""
    return RenderedPage(
        light=drawn(light),
        opened=(drawn(opened),) if opened else (),
        closed=(drawn(closed),) if closed else (),
        whole=(drawn(whole),) if whole else (),
        frames=(),
        after=after,
        exchanges=exchanges,
        is_cut=is_cut,
        problems=(),
        blocked=blocked,
        as_googlebot=as_googlebot,
    )


def drawn(html: str) -> Document:
    """A view of the drawn page."""
    return Document(page(html), is_rendered=True)


def answer(
    url: str,
    body: str | bytes = "",
    *,
    status: int = 200,
    kind: str = "text/html",
    hops: tuple[Hop, ...] = (),
    blocked_by: Line | None = None,
    failure: str = "",
) -> Answer:
    """What an address that the page names answered."""
    raw = body.encode() if isinstance(body, str) else body
    fetched = None if failure else Fetched(url, status, (("Content-Type", kind),), raw, hops)
    return Answer(url, fetched, failure, blocked_by)


def around(*answers: Answer, robots_txt: str | None = None, **more: Answer | Sitemaps) -> Surroundings:
    """Surroundings of these answers; `robots_txt` rules the shop's own host."""
    known = {} if robots_txt is None else {"https://shop.example": robots.parse(robots_txt.encode(), url=ROBOTS_URL)}
    return Surroundings({each.url: each for each in answers}, known, **more)  # type: ignore[arg-type]


def sample(code: str, name: str) -> str:
    """One of the rule's sample pages; the one that is too long is made longer than a repository should keep."""
    html = (PAGES / code / f"{name}.html").read_text(encoding="utf-8")
    return html.replace("<!-- two megabytes -->", f"<!-- {'x' * 2 * 1024 * 1024} -->")


def quoted(code: str) -> list[str]:
    """What the evidence of the rule's bad page quotes, a line each; kept beside the page."""
    return (PAGES / code / "quoted.txt").read_text(encoding="utf-8").splitlines()
