"""From events to a subscription's payloads: who may still listen, what is there now, and what it costs."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Sequence
from typing import Generic, TypeVar

from api.context import Context, Info
from api.errors import forbidden
from api.streams.feed import Mailbox, Topic
from api.streams.stream import Stream
from core.outbox import Event

T = TypeVar("T")


class Watch(ABC, Generic[T]):
    """What one subscription listens for, and what it makes of it. Subclasses know a room."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @abstractmethod
    def topics(self) -> frozenset[Topic]:
        """What the caller, as they are now, listens for."""

    @abstractmethod
    async def tell(self, event: Event) -> T | None:
        """The payload, read from what is there now; None when there is nothing that this caller may see."""

    async def catch_up(self) -> Sequence[T]:
        """What may have been missed when the topics have changed, because the caller has."""
        return ()


async def watch(info: Info, subject: Watch[T]) -> AsyncGenerator[T]:
    """The payloads of every event that is committed after this returns."""
    stream = info.context.stream
    if stream is None:
        raise RuntimeError("a subscription runs as a stream only")
    mailbox = await info.context.feed.subscribe(subject.topics())
    stream.at_end(mailbox.close)
    # whatever it took to get here, an idle stream holds no connection
    await info.context.see_anew()
    stream.is_open.set()
    return _payloads(subject, mailbox, stream)


async def _payloads(subject: Watch[T], mailbox: Mailbox, stream: Stream) -> AsyncGenerator[T]:
    context = subject.context
    topics = subject.topics()
    while True:
        event = await _next(context, mailbox, stream)
        told: Sequence[T] = ()
        if subject.topics() != topics:
            topics = subject.topics()
            mailbox.follow(topics)
            told = await subject.catch_up()
        elif event is not None:
            stream.pay()
            payload = await subject.tell(event)
            told = () if payload is None else (payload,)
        for each in told:
            stream.pay()
            yield each
        # what was taken and led to no answer is given back
        stream.settle(0)
        await context.see_anew()


async def _next(context: Context, mailbox: Mailbox, stream: Stream) -> Event | None:
    """The next event, after a look at the caller where one is due; None when there was only that look."""
    stream.wait()
    event = await mailbox.next(within=context.admission.seconds_left)
    stream.work()
    if context.admission.seconds_left == 0:
        await context.admission.renew(context)
        if stream.requires is not None and not context.caller.may(stream.requires):
            raise forbidden(stream.requires)
    return event
