"""OG-16: og:locale is written otherwise than language_TERRITORY, or other languages are not named beside it."""

import re

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.language_codes import language_of
from seo.rules.rule import Rule
from seo.social_tags import first
from seo.subject import Subject

_LOCALE = re.compile(r"[a-z]{2,3}_[A-Z]{2}")


def check(subject: Subject) -> Outcome:
    """og:locale as in fr_FR; where the page has versions in other languages, og:locale:alternate too. Evidence: the
    tag.
    """
    tag = first(subject.social, "og:locale")
    if tag is None:
        return NOT_APPLICABLE
    if not _LOCALE.fullmatch(tag.content):
        return failed(tag.evidence)
    languages = {language_of(version.lang) for version in subject.alternates if version.lang.lower() != "x-default"}
    others = languages - {language_of(tag.content), ""}
    return failed(tag.evidence) if others and not first(subject.social, "og:locale:alternate") else passed(tag.evidence)


RULE = Rule(
    code="OG-16",
    id="malformed-share-locale",
    severity=Severity.INFO,
    title_pass="og:locale names language and territory",
    title_fail="og:locale is misspelt, or other languages are not named",
    why=(
        "Networks choose the version to show by these tags; a code that they do not know is taken for American English."
    ),
    example='<meta property="og:locale" content="fr-FR">',
    remedy="Write og:locale as fr_FR, and an og:locale:alternate for each other version.",
    source="https://ogp.me/#optional",
    check=check,
)
