"""The languages the console speaks, and which one a stranger at the sign-in page reads."""

from core import texts

LOCALES = ("en", "fr")


def chosen(asked: str | None, accepted: str) -> str:
    """`asked` when the console speaks it, else the first of an Accept-Language header that it does, else English."""
    if asked in LOCALES:
        return str(asked)
    preferences = sorted((_weighed(part) for part in accepted.split(",") if part.strip()), key=lambda pair: -pair[0])
    for weight, tag in preferences:
        locale = texts.locale_of(tag)
        if weight > 0 and locale in LOCALES and tag.lower().startswith(locale):
            return locale
    return texts.FALLBACK


def _weighed(part: str) -> tuple[float, str]:
    tag, _, quality = part.strip().partition(";q=")
    try:
        return float(quality or 1), tag.strip()
    except ValueError:
        return 0.0, tag.strip()
