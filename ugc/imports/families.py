"""Families seen in a file: products of which the same persons said the same. A person looks before they count."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.refusal import Refusal
from ugc.imports.refusals import ImportRefusal

# who repeats one text over more products than any family has is no witness
_MOST_PRODUCTS = 100
_MAX_NAME = 300
_HEAD = "# Variants that share their reviews. Edit freely, then pass this file with --families.\n"


class FamilyPlan(BaseModel):
    """A family to record: the shop's id and name for it, and the product keys of its members."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1, max_length=120)
    name: str = Field(min_length=1, max_length=_MAX_NAME)
    products: tuple[str, ...] = Field(min_length=2)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    family: tuple[FamilyPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class Sayings:
    """Of which products each (author, text) of a file speaks, and every product's name, in the file's order."""

    products: dict[tuple[str, str], set[str]]
    names: dict[str, str]

    def add(self, author: str | None, text: str, product_key: str) -> None:
        """Note what one row says; a row without author or words is no witness."""
        if author and text:
            self.products.setdefault((author, text), set()).add(product_key)


def propose(said: Sayings, *, source: str, shared_texts: int) -> list[FamilyPlan]:
    """Families of products that are linked, directly or not, by at least `shared_texts` texts in common."""
    shared: Counter[tuple[str, str]] = Counter()
    for products in said.products.values():
        if 1 < len(products) <= _MOST_PRODUCTS:
            shared.update(combinations(sorted(products), 2))
    links = [pair for pair, texts in shared.items() if texts >= shared_texts]
    return [_plan(members, said.names, source) for members in _connected(links, said.names)]


def written(plans: Iterable[FamilyPlan]) -> str:
    """The plans as the TOML file that `load` reads."""
    return _HEAD + "".join(_table(plan) for plan in plans)


def load(path: Path) -> tuple[FamilyPlan, ...] | Refusal:
    """Read a families file; FAMILIES_INVALID names the first thing that is wrong with it."""
    try:
        plans = _File.model_validate(tomllib.loads(path.read_text())).family
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        return _invalid(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    except (OSError, ValueError) as problem:
        return _invalid(str(problem))
    twice = [key for key, times in Counter(key for plan in plans for key in plan.products).items() if times > 1]
    return _invalid(f"{twice[0]}: in two families") if twice else plans


def _invalid(problem: str) -> Refusal:
    return Refusal(ImportRefusal.FAMILIES_INVALID, ("families",), {"problem": problem})


def _connected(links: Iterable[tuple[str, str]], names: Mapping[str, str]) -> list[list[str]]:
    leader = {key: key for key in names}

    def lead(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for one, other in links:
        leader[lead(one)] = lead(other)
    groups: dict[str, list[str]] = {}
    for key in names:
        groups.setdefault(lead(key), []).append(key)
    return [members for members in groups.values() if len(members) > 1]


def _plan(members: list[str], names: Mapping[str, str], source: str) -> FamilyPlan:
    first = members[0]
    return FamilyPlan(id=f"{source}:{first}"[:120], name=names[first][:_MAX_NAME], products=tuple(members))


def _table(plan: FamilyPlan) -> str:
    products = "".join(f"  {_string(key)},\n" for key in plan.products)
    return f"\n[[family]]\nid = {_string(plan.id)}\nname = {_string(plan.name)}\nproducts = [\n{products}]\n"


def _string(text: str) -> str:
    # a JSON string is a TOML basic string, save for the one control character that JSON leaves as it is
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
