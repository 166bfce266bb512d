"""How much each caller may ask for: a bucket a caller, what an operation takes from it, and how long it may run.

A process counts for itself, in memory. What an answer costs is api.cost's; how large a document may be is api.limits'.
"""

import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_bytes
from typing import cast

import anyio
from graphql.execution import ExperimentalIncrementalExecutionResults
from starlette.requests import HTTPConnection

from api.cost import spent
from api.error_codes import ErrorCode
from api.errors import ApiError
from api.limits import DocumentLimits
from core import clock
from core.identity import Caller, CallerKind
from core.settings import Settings

_BUYER_HEADER = "fidelio-buyer"
_MOST_BUCKETS = 10_000
# one subscriber holds a whole IPv6 network of this size
_IPV6_PREFIX = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one caller may spend: at once, and again each second. The unit is an object in an answer."""

    maximum: int
    restore_rate: int


class Bucket:
    """What one caller has left. An answer that cost more than was taken for it may leave less than nothing.

    `streams` is how many streams and sockets the caller holds open.
    """

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.streams = 0
        self._available = float(allowance.maximum)
        self._at = clock.elapsed_seconds()

    @property
    def available(self) -> float:
        """What is there now."""
        now = clock.elapsed_seconds()
        self._put(max(0.0, now - self._at) * self.allowance.restore_rate)
        self._at = now
        return self._available

    def take(self, cost: int) -> int:
        """Take `cost` and answer 0; when there is less, take nothing and answer the seconds until there is enough."""
        missing = cost - self.available
        if missing > 0:
            return math.ceil(missing / self.allowance.restore_rate)
        self._available -= cost
        return 0

    def settle(self, taken: int, actual: int) -> None:
        """Give back what was taken beyond the actual cost, or take the rest."""
        self._put(taken - actual)

    def _put(self, points: float) -> None:
        self._available = min(self._available + points, self.allowance.maximum)


@dataclass(frozen=True, slots=True)
class Account:
    """What one request goes by: the bucket it spends from, the most that one operation may cost, and its time."""

    bucket: Bucket
    query_maximum: int
    request_seconds: float
    stream_maximum: int

    def enter(self) -> None:
        """A stream or a socket is opened; raises TOO_MANY_STREAMS when the caller holds as many as they may."""
        if self.bucket.streams >= self.stream_maximum:
            raise ApiError(
                ErrorCode.TOO_MANY_STREAMS, f"At most {self.stream_maximum} streams at a time. Close one first."
            )
        self.bucket.streams += 1

    def leave(self) -> None:
        """It is closed."""
        self.bucket.streams -= 1

    def draw(self, cost: int) -> int:
        """Take `cost`, and answer it. Raises QUERY_TOO_EXPENSIVE for what is never allowed, else THROTTLED."""
        maximum = min(self.query_maximum, self.bucket.allowance.maximum)
        if cost > maximum:
            raise too_expensive(cost, maximum)
        seconds = self.bucket.take(cost)
        if seconds:
            raise throttled(seconds)
        return cost

    def told(self, requested: int, actual: int) -> dict[str, object]:
        """`extensions.cost`."""
        throttle = {
            "maximum": self.bucket.allowance.maximum,
            "available": max(0, int(self.bucket.available)),
            "restoreRate": self.bucket.allowance.restore_rate,
        }
        return {"requested": requested, "actual": actual, "throttle": throttle}


class Allowances:
    """Every caller's bucket. The longest unused is forgotten first, which gives back what has mostly refilled."""

    def __init__(self, settings: Settings, *, most: int = _MOST_BUCKETS) -> None:
        self._query_maximum = settings.query_cost_maximum
        self._request_seconds = settings.request_seconds
        self._stream_maximum = settings.stream_maximum
        self._of_kind = {
            CallerKind.ANONYMOUS: Allowance(*settings.anonymous_allowance),
            CallerKind.VISITOR: Allowance(*settings.visitor_allowance),
            CallerKind.CUSTOMER: Allowance(*settings.customer_allowance),
            CallerKind.STAFF: Allowance(*settings.staff_allowance),
            CallerKind.SERVICE: Allowance(*settings.service_allowance),
        }
        self._most = most
        self._buckets: OrderedDict[bytes, Bucket] = OrderedDict()
        # buckets are found by a keyed hash: memory holds no list of addresses and buyers
        self._secret = token_bytes(32)

    def account(self, caller: Caller, connection: HTTPConnection) -> Account:
        """What the caller spends from; their bucket is full when it is new.

        - a customer's, a staff member's and a service key's is their own, from wherever they ask;
        - a service key that names its buyer in Fidelio-Buyer spends that buyer's, which holds what a customer's holds;
        - a visitor's is the storefront's with the address they come from, so that one cannot empty the shop's;
        - callers without any key share one.
        """
        kind, name = _payer(caller, connection)
        key = blake2b(name.encode(), key=self._secret, digest_size=16).digest()
        found = self._buckets.get(key)
        if found is None:
            found = self._buckets[key] = Bucket(self._of_kind[kind])
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return Account(found, self._query_maximum, self._request_seconds, self._stream_maximum)

    def __len__(self) -> int:
        return len(self._buckets)


def _payer(caller: Caller, connection: HTTPConnection) -> tuple[CallerKind, str]:
    if caller.kind is CallerKind.ANONYMOUS:
        return caller.kind, "anonymous"
    if caller.kind is CallerKind.VISITOR:
        return caller.kind, f"{caller.key}:{network_of(connection)}"
    buyer = connection.headers.get(_BUYER_HEADER)
    if caller.kind is CallerKind.SERVICE and buyer:
        return CallerKind.CUSTOMER, f"{caller.key}:{buyer}"
    return caller.kind, caller.key


def network_of(connection: HTTPConnection) -> str:
    """Where the connection comes from: an address, or the IPv6 network that one subscriber holds."""
    host = connection.client.host if connection.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), _IPV6_PREFIX), strict=False))
    return host


def throttled(seconds: int) -> ApiError:
    """The caller has less left than the operation may cost; in `seconds` there is enough."""
    return ApiError(
        ErrorCode.THROTTLED,
        f"Too much was asked for in a short time. Ask again in {seconds} s.",
        retryAfterSeconds=seconds,
    )


def too_expensive(cost: int, maximum: int) -> ApiError:
    """The operation may cost more than any may."""
    return ApiError(
        ErrorCode.QUERY_TOO_EXPENSIVE,
        f"This may answer with {cost} objects, more than the {maximum} allowed at once. Ask for smaller pages.",
    )


class FairUse(DocumentLimits):
    """Takes an operation's cost before it is validated and settles it with the answer's; stops one that runs too long.

    `extensions.cost` tells both and what is left. A GET's answer has no such part, since caches keep it for others.
    """

    _taken = 0
    _actual = 0
    _refused = False

    def on_operation(self) -> Iterator[None]:
        """Settle at the end, whatever the end."""
        try:
            yield from super().on_operation()
        finally:
            self._settle()

    def on_parse(self) -> Iterator[None]:
        """Refuse what may cost too much, with QUERY_TOO_EXPENSIVE, or more than is left, with THROTTLED."""
        yield from super().on_parse()
        if self.cost is None:
            return
        stream = self.execution_context.context.stream
        if stream is not None:
            stream.cost = max(self.cost, 1)
        try:
            self._taken = self._account.draw(max(self.cost, 1))
        except ApiError:
            self._refused = True
            self.execution_context.graphql_document = None
            raise

    async def on_execute(self) -> AsyncIterator[None]:
        """Bound the time; an execution that is stopped has cost all it might."""
        self._actual = self._taken
        seconds = self._account.request_seconds
        try:
            with anyio.fail_after(seconds):
                yield
        except TimeoutError as late:
            message = f"This took longer than {seconds:g} s and was stopped. Ask for less."
            raise ApiError(ErrorCode.TIMEOUT, message) from late
        stream, result = self.execution_context.context.stream, self.execution_context.result
        # of parts that are still to come, all that was asked for counts
        if not isinstance(result, ExperimentalIncrementalExecutionResults):
            self._actual = spent(getattr(result, "data", None))
        if stream is not None:
            # a subscription has cost its document; from here on each of its answers is paid for
            self._settle()

    def get_results(self) -> dict[str, object]:
        """The cost, where a document has been measured."""
        self._settle()
        request = self.execution_context.context.request
        is_cacheable = request is not None and request.method == "GET" and not self._refused
        if self.cost is None or is_cacheable:
            return {}
        return {"cost": self._account.told(self.cost, self._actual)}

    def _settle(self) -> None:
        # reading a document costs 1 whatever comes of it; refusing a caller costs them nothing, or they wait for ever
        cost = 0 if self._refused else max(self._actual, 1)
        self._account.bucket.settle(self._taken, cost)
        self._taken = cost

    @property
    def _account(self) -> Account:
        return cast("Account", self.execution_context.context.account)
