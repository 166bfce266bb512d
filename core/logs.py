"""Structured logs: one JSON line an event, with ids and codes and never a customer's words or address."""

import logging
import secrets
import sys

import structlog


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
    logger.error("unexpected", error_id=error_id, exc_info=problem, **facts)
    return error_id
