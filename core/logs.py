"""Structured logs: one JSON line an event, with ids and codes and never a customer's words or address."""

import logging
import secrets
import sys
import traceback

import structlog

# a database quotes the row that it refuses, a schema the input
_QUOTING = frozenset(
    {"IntegrityError", "DataError", "StatementError", "UniqueViolation", "ForeignKeyViolation", "CheckViolation",
     "NotNullViolation", "ValidationError"}
)  # fmt: skip


def configure(level: str = "INFO", *, readable: bool = False) -> None:
    """Send structlog and the standard library's loggers to standard error, as JSON or, for a terminal, readable."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()) if readable else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")


def get(name: str) -> structlog.typing.FilteringBoundLogger:
    """The logger of a module."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(module=name)
    return logger


def report(logger: structlog.typing.FilteringBoundLogger, problem: BaseException, **facts: str | int) -> str:
    """Log an unexpected exception under a fresh id, and return the id: all that a client is ever shown of it."""
    error_id = secrets.token_hex(8)
    logger.error("unexpected", error_id=error_id, exception=_without_values(problem), **facts)
    return error_id


def _without_values(problem: BaseException) -> str:
    """The traceback, causes first; of errors whose messages quote rows or inputs, the class alone."""
    told: list[str] = []
    each: BaseException | None = problem
    while each is not None:
        message = "(the values it quotes are left out)" if type(each).__name__ in _QUOTING else str(each)
        places = "".join(traceback.format_tb(each.__traceback__))
        told.append(f"{places}{type(each).__qualname__}: {message}\n")
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "which led to\n".join(reversed(told))
