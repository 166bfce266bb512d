"""Reading back what a test told the shop room: events by name, and rows counted."""

from sqlmodel import Session, SQLModel, func, select

from core.outbox import OutboxEvent


def events(session: Session, name: str | None = None) -> list[str]:
    """Names of the recorded events in order; of one name alone when it is given."""
    names = session.exec(select(OutboxEvent.name).order_by(OutboxEvent.id)).all()  # type: ignore[arg-type]
    return [each for each in names if name is None or each == name]


def count(session: Session, model: type[SQLModel]) -> int:
    """How many rows a table has."""
    return session.exec(select(func.count()).select_from(model)).one()
