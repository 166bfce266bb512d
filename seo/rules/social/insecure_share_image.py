"""OG-06: the share picture of an https page is served over http. A relative address is relative-share-image."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.share_images import share_images
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """On an https page every og:image must be https, or have an og:image:secure_url that is. Evidence: each that is
    not.
    """
    images = share_images(subject)
    if not images or subject.page.url.startswith("http:"):
        return NOT_APPLICABLE
    return failed_if(
        [image.root.evidence for image in images if image.url.startswith("http:") and "secure_url" not in image.parts]
    )


RULE = Rule(
    code="OG-06",
    id="insecure-share-image",
    severity=Severity.WARNING,
    title_pass="The share picture is served over https",
    title_fail="The share picture is served over http",
    why="Pages and apps that show only https leave the picture out.",
    example='<meta property="og:image" content="http://cdn.example/teapot.jpg">',
    remedy="Give the https address of the picture.",
    source="https://developers.facebook.com/docs/sharing/webmasters/images",
    check=check,
)
