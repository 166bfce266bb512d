"""Why a file, its map or a row is not imported. The sentences are in locales/*/ugc.po, keyed by these names."""

from core.refusal import RefusalCode


class ImportRefusal(RefusalCode):
    """What is wrong with a whole run, or with one row. Limits of a review's words are ReviewRefusal's."""

    FILE_UNREADABLE = "FILE_UNREADABLE"
    MAP_INVALID = "MAP_INVALID"
    COLUMN_MISSING = "COLUMN_MISSING"
    FAMILIES_INVALID = "FAMILIES_INVALID"
    ROW_UNREADABLE = "ROW_UNREADABLE"
    PRODUCT_MISSING = "PRODUCT_MISSING"
    PRODUCT_UNKNOWN = "PRODUCT_UNKNOWN"
    RATING_MISSING = "RATING_MISSING"
    RATING_UNREADABLE = "RATING_UNREADABLE"
    DATE_UNREADABLE = "DATE_UNREADABLE"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"
