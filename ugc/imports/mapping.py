"""A map file: which columns of somebody's export mean what. Reading the export itself is ugc.imports.reading's."""

import re
import tomllib
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from core.refusal import Refusal
from shop import storefronts
from ugc.imports.refusals import ImportRefusal
from ugc.tables.reviews import Origin

_A_DAY = datetime(2000, 1, 2, tzinfo=UTC)
_SOURCE = r"^[a-z0-9][a-z0-9_-]{0,40}$"


class FileFormat(StrEnum):
    """How rows are written: one JSON object a line, or delimited columns under a header line."""

    JSONL = "jsonl"
    CSV = "csv"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ValueError(f"{name} is no time zone") from problem
    return name


def _known_locale(tag: str) -> str:
    if not storefronts.is_locale(tag):
        raise ValueError(f"{tag} is no language tag such as fr-FR")
    return tag


def _readable_pattern(pattern: str) -> str:
    try:
        datetime.strptime(_A_DAY.strftime(pattern), pattern)  # noqa: DTZ007 - only whether it can be read
    except (ValueError, re.error) as problem:
        raise ValueError(f"{pattern} cannot be read: {problem}") from problem
    return pattern


def _path(column: object) -> object:
    return (column,) if isinstance(column, str) else column


# one column's name, or the names that lead into a nested JSON object
Column: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_path), Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Part):
    """The column of each thing a review has. Only the product and the rating must be there."""

    product: Column
    rating: Column
    product_name: Column | None = None
    author: Column | None = None
    author_name: Column | None = None
    title: Column | None = None
    body: Column | None = None
    date: Column | None = None
    verified: Column | None = None
    helpful_votes: Column | None = None
    photos: Column | None = None

    def all(self) -> list[Column]:
        """Every column that is named."""
        return [column for name in type(self).model_fields if (column := getattr(self, name)) is not None]


class Dates(_Part):
    """How dates are written, tried in this order: `unix` (seconds), `iso`, or a pattern such as `%d/%m/%Y`.

    Dates without a zone are in `time_zone`. Without a pattern that says so, 05/03/2024 is not guessed at.
    """

    formats: tuple[Annotated[str, AfterValidator(_readable_pattern)], ...] = Field(default=("iso",), min_length=1)
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"


class FamilyRule(_Part):
    """Products are proposed as one family when the same persons said the same of them at least so many times."""

    shared_texts: int = Field(default=2, ge=1)


class ImportMap(_Part):
    """A whole map.

    - `source`: the name under which these reviews are known for good; the same rows under another are other reviews.
    - `key`: the columns of the row's own id; without them a row is known by all that it says.
    - `best_rating`: the top of the source's scale; ratings are brought to five stars in proportion, half up.
    - `variant`: what else to keep of the thing that was bought (size, colour), by a name of one's own.
    """

    source: str = Field(pattern=_SOURCE)
    format: FileFormat
    locale: Annotated[str, AfterValidator(_known_locale)]
    origin: Origin = Origin.OWN_SITE
    best_rating: int = Field(default=5, ge=1, le=100)
    key: tuple[Column, ...] = ()
    columns: Columns
    variant: dict[str, Column] = Field(default_factory=dict)
    dates: Dates = Dates()
    families: FamilyRule = FamilyRule()

    @property
    def review_source(self) -> str:
        """What stands in a review's `source`."""
        return f"import:{self.source}"

    def columns_needed(self) -> set[str]:
        """The names that a header line must have."""
        return {path[0] for path in [*self.columns.all(), *self.variant.values(), *self.key]}


def load(path: Path) -> ImportMap | Refusal:
    """Read a map file; MAP_INVALID names the first thing that is wrong with it."""
    try:
        return ImportMap.model_validate(tomllib.loads(path.read_text()))
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        return Refusal(ImportRefusal.MAP_INVALID, ("map",), {"problem": f"{where}: {first['msg']}"})
    except (OSError, ValueError) as problem:
        return Refusal(ImportRefusal.MAP_INVALID, ("map",), {"problem": str(problem)})
