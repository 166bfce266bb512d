"""What the shop says, by language and key. How numbers and dates are written is formats'."""

from examples.storefront.words import en, fr

WORDS: dict[str, dict[str, str]] = {"fr": fr.WORDS, "en": en.WORDS}


def say(language: str, key: str, **values: object) -> str:
    """The sentence with its values put in. A key ending in `.count` has a `.one` and an `.other` form."""
    if key.endswith(".count"):
        key = key.removesuffix("count") + _form(language, values["count"])
        values |= {"count": values.get("shown", values["count"])}
    return WORDS[language][key].format(**values)


def tier_name(language: str, name: str) -> str:
    """A tier as this shop's readers know it; Fidelio keeps one name of it. Unknown ones stay as they are."""
    return WORDS[language].get(f"tier.{name}", name)


def _form(language: str, count: object) -> str:
    # French counts nothing as one: "0 avis" reads alike, "0 photo" does not
    return "one" if count == 1 or (count == 0 and language == "fr") else "other"
