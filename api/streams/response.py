"""A streamed HTTP answer: when it begins, and that all is given back when its reader is gone. Its parts are others'."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from typing import cast

import anyio
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send
from strawberry.types.execution import ExecutionResult, PreExecutionError, StreamExecutionResult

from api.streams.answers import Answers
from api.streams.stream import Stream
from core import logs

_logger = logs.get(__name__)


class Opened:
    """A stream that has begun: its first answer, when there is one already, and the rest."""

    def __init__(self, answers: Answers, first: "asyncio.Task[StreamExecutionResult] | None") -> None:
        self._answers = answers
        self._first = first
        self._turn = asyncio.Lock()

    def __aiter__(self) -> "Opened":
        return self

    async def __anext__(self) -> StreamExecutionResult:
        """The next answer."""
        async with self._turn:
            if self._first is None:
                return await anext(self._answers)
            answer = await self._first
            self._first = None
            return answer

    async def aclose(self) -> None:
        """Nobody reads on; whoever still does has been cancelled, and is waited for."""
        async with self._turn:
            if self._first is not None:
                self._first.cancel()
                await asyncio.wait([self._first])
            await self._answers.aclose()


async def opened(answers: Answers, stream: Stream, *, in_parts: bool) -> Opened | ExecutionResult:
    """The stream once it has begun; the answer itself, when the operation was refused or has only the one.

    A subscription has begun when it listens, others when they have their first answer.
    """
    first = asyncio.ensure_future(_first(answers))
    begun = asyncio.ensure_future(stream.is_open.wait())
    made = Opened(answers, first)
    try:
        await asyncio.wait({first} if in_parts else {first, begun}, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        await made.aclose()
        raise
    finally:
        begun.cancel()
    if not first.done():
        return made
    answer = first.result()
    if isinstance(answer, PreExecutionError) or (in_parts and isinstance(answer, ExecutionResult)):
        await made.aclose()
        return _refused(answer) if isinstance(answer, PreExecutionError) else answer
    return made


async def _first(answers: Answers) -> StreamExecutionResult:
    return await anext(answers)


def _refused(answer: PreExecutionError) -> PreExecutionError:
    # nothing was executed: without a path it is told as any other request error
    for error in answer.errors or ():
        error.path = None
    return answer


class Streamed(StreamingResponse):
    """Sends what comes, and closes what it comes from, whatever ends it.

    A reader who takes nothing for `send_seconds` is gone, or as good as: what is left of the answer is not sent.
    """

    def __init__(
        self,
        body: AsyncGenerator[str],
        *,
        source: Opened,
        headers: Mapping[str, str],
        send_seconds: float,
    ) -> None:
        super().__init__(body, headers=headers)
        self._body = body
        self._source = source
        self._send_seconds = send_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """To the end, or until its reader is gone."""

        async def patiently(message: Message) -> None:
            with anyio.fail_after(self._send_seconds):
                await send(message)

        try:
            await super().__call__(scope, receive, patiently)
        except TimeoutError:
            _logger.info("reader took nothing", seconds=self._send_seconds)
        finally:
            with anyio.CancelScope(shield=True):
                await self._body.aclose()
                await self._source.aclose()


async def preceded(preamble: str, stream: Callable[[], AsyncIterator[str]]) -> AsyncGenerator[str]:
    """The stream's text, after the preamble."""
    if preamble:
        yield preamble
    # closed with this one, not when it happens to be collected: what it reads from is about to be closed
    async with aclosing(cast("AsyncGenerator[str]", stream())) as texts:
        async for text in texts:
            yield text
