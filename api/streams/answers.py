"""One operation's answers, one after another: each in its time, paid, masked, and with nothing held in between."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from graphql import GraphQLError
from graphql.execution import InitialIncrementalExecutionResult, SubsequentIncrementalExecutionResult
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import ExecutionResult, PreExecutionError, StreamExecutionResult
from strawberry.types.graphql import OperationType

from api.checking import limited
from api.context import Context
from api.cost import spent
from api.error_codes import ErrorCode
from api.errors import ApiError, no_such_operation, shown
from api.streams.stream import Stream

Answers = AsyncGenerator[StreamExecutionResult]


async def answers(own: Context, stream: Stream, run: Callable[[Context], Awaitable[Answers]]) -> Answers:
    """What `run` answers with a context of its own. However it ends, that context's rooms and mailbox are closed.

    - An answer that takes longer than a request may is TIMEOUT, and the last one.
    - After each answer to an event the snapshot is ended before the answer is sent, however slowly it is read.
    - Over a socket the caller is looked at again for every operation, as they are for every request.
    """
    try:
        if own.request is None:
            await own.admission.renew(own)
        async with aclosing(await run(own)) as made:
            async for answer in _timed(made, stream):
                yield await _finished(answer, own, stream)
    # what an extension refuses comes as an exception here, where strawberry's single answers catch it
    except Exception as problem:  # noqa: BLE001
        yield PreExecutionError(data=None, errors=[_coded(_located(problem))])
    finally:
        stream.close()
        await own.rooms.close()


async def _timed(made: Answers, stream: Stream) -> Answers:
    while True:
        try:
            async with stream.step():
                answer = await anext(made)
        except StopAsyncIteration:
            return
        except TimeoutError:
            yield ExecutionResult(data=None, errors=[_late()])
            return
        yield answer


async def _finished(answer: StreamExecutionResult, context: Context, stream: Stream) -> StreamExecutionResult:
    if isinstance(answer, SubsequentIncrementalExecutionResult):
        for part in (*(answer.incremental or ()), *(answer.completed or ())):
            part.errors = [_coded(error) for error in part.errors or ()] or None
        return answer
    answer.errors = [_coded(error) for error in limited(answer.errors or [])] or None
    if not isinstance(answer, InitialIncrementalExecutionResult):
        cost = stream.settle(spent(answer.data))
        if cost is not None:
            answer.extensions = {**(answer.extensions or {}), "cost": cost}
        await context.see_anew()
    return answer


def _located(problem: Exception) -> GraphQLError:
    return problem if isinstance(problem, GraphQLError) else GraphQLError(str(problem), original_error=problem)


def _coded(error: GraphQLError) -> GraphQLError:
    """As api.errors shows it; what the view tells apart by exceptions for a single answer is an error here."""
    cause = error.original_error
    if isinstance(cause, InvalidOperationTypeError) and cause.operation_type is OperationType.SUBSCRIPTION:
        return ApiError(ErrorCode.NOT_ACCEPTABLE, "A subscription does not come in parts. Accept text/event-stream.")
    if isinstance(cause, InvalidOperationTypeError):
        return ApiError(ErrorCode.METHOD_NOT_ALLOWED, "A GET reads only. Use POST.")
    if isinstance(cause, CannotGetOperationTypeError):
        return no_such_operation()
    if isinstance(cause, MissingQueryError):
        return ApiError(ErrorCode.BAD_REQUEST, "Send a document as `query`, or its hash in `extensions`.")
    return shown(error)


def _late() -> ApiError:
    return ApiError(ErrorCode.TIMEOUT, "This took too long and was stopped. Ask for less.")
