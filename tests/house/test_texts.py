"""Sentences for people: the same ones in every language, with the same blanks to fill, and one for every refusal."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from core.refusal import RefusalCode
from tests.house.sources import PRODUCT, ROOT, Fault, Module, assert_none, modules

LOCALES = ROOT / "locales"
IN_FULL = ("en", "fr")
# a third language keeps two from being wired in; it has what shoppers read
SHOPPERS = "zh_Hant"
SHOPPER_DOMAINS = ("shop", "ugc", "loyalty", "publishing")
PLURAL_FORMS = {"en": 2, "fr": 2, "zh_Hant": 1}


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence of one catalogue: its forms, its line and whether a translator doubts it."""

    forms: tuple[str, ...]
    line: int
    fuzzy: bool
    plural: bool

    @classmethod
    def of(cls, message: Message) -> "Text":
        """What a catalogue's entry says."""
        said = message.string if isinstance(message.string, list | tuple) else [message.string]
        return cls(tuple(map(str, said)), message.lineno or 1, message.fuzzy, message.pluralizable)

    def blanks(self) -> set[str]:
        """The names in braces, over all forms."""
        return {name for form in self.forms for _, name, _, _ in Formatter().parse(form) if name is not None}


Catalogue = dict[str, Text]


@cache
def catalogue(locale: str, domain: str) -> Catalogue:
    """The sentences of one file by key; empty when there is none."""
    path = LOCALES / locale / f"{domain}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        entries = read_po(stream, locale=locale, abort_invalid=True)
    return {_key(message): Text.of(message) for message in entries if message.id}


def _key(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, list | tuple) else message.id)


def files() -> list[tuple[str, str]]:
    """Every (locale, domain) that has a file."""
    return sorted((path.parent.name, path.stem) for path in LOCALES.glob("*/*.po"))


def domains() -> list[str]:
    """Every domain that some locale has."""
    return sorted({domain for _, domain in files()})


def missing(locale: str, domain: str, keys: set[str]) -> Iterator[Fault]:
    """The keys that a file ought to have."""
    for key in sorted(keys - catalogue(locale, domain).keys()):
        yield Fault(f"locales/{locale}/{domain}.po", 1, f"has no {key}")


def test_english_and_french_say_the_same_things() -> None:
    everything = {domain: {key for each in IN_FULL for key in catalogue(each, domain)} for domain in domains()}
    assert_none(
        fault for domain, keys in everything.items() for locale in IN_FULL for fault in missing(locale, domain, keys)
    )


def test_shoppers_read_their_third_language_in_full() -> None:
    assert_none(
        fault for domain in SHOPPER_DOMAINS for fault in missing(SHOPPERS, domain, set(catalogue("en", domain)))
    )


def test_the_third_language_has_nothing_of_its_own() -> None:
    assert_none(fault for domain in domains() for fault in missing("en", domain, set(catalogue(SHOPPERS, domain))))


@pytest.mark.parametrize("locale, domain", files())
def test_every_sentence_is_whole(locale: str, domain: str) -> None:
    path = f"locales/{locale}/{domain}.po"
    for key, text in catalogue(locale, domain).items():
        assert all(form.strip() for form in text.forms), Fault(path, text.line, f"{key} is empty")
        assert not text.fuzzy, Fault(path, text.line, f"{key} is marked fuzzy")
        if text.plural:
            forms = PLURAL_FORMS[locale]
            assert len(text.forms) == forms, Fault(path, text.line, f"{key} needs {forms} plural forms")


@pytest.mark.parametrize("locale, domain", [file for file in files() if file[0] != "en"])
def test_every_language_fills_the_same_blanks(locale: str, domain: str) -> None:
    english = catalogue("en", domain)
    for key, text in catalogue(locale, domain).items():
        if key in english:
            assert text.blanks() == english[key].blanks(), Fault(
                f"locales/{locale}/{domain}.po", text.line, f"{key} has other blanks than in English"
            )
            assert text.plural == english[key].plural, Fault(
                f"locales/{locale}/{domain}.po", text.line, f"{key} is a plural in one language alone"
            )


def test_every_refusal_has_a_sentence() -> None:
    _import_everything()
    assert_none(
        Fault(f"locales/en/{domain}.po", 1, f"has no {code.name}, which {type(code).__qualname__} may answer")
        for code in _codes(RefusalCode)
        for domain in [type(code).__module__.partition(".")[0]]
        # tests that ran before in this process have codes of their own
        if domain != "tests" and code.name not in catalogue("en", domain)
    )


def _codes(base: type[RefusalCode]) -> Iterator[RefusalCode]:
    yield from base
    for narrower in base.__subclasses__():
        yield from _codes(narrower)


def _import_everything() -> None:
    for package in PRODUCT:
        for found in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)


def test_every_sentence_asked_for_by_name_exists() -> None:
    assert_none(
        Fault(module.path, line, f"says {key} of {domain}, which locales/en/{domain}.po does not have")
        for module in modules(*PRODUCT)
        for domain, key, line in _said(module)
        if key not in catalogue("en", domain)
    )


def _said(module: Module) -> Iterator[tuple[str, str, int]]:
    """The literal (domain, key) pairs that a file hands to core.texts.say."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"say", "texts.say"}:
            match node.args:
                case [ast.Constant(value=str(domain)), ast.Constant(value=str(key)), *_]:
                    yield domain, key, node.lineno
