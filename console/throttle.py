"""A brake on guessing passwords: attempts per address and per account, in this process's memory."""

import hashlib
import hmac
from collections import deque
from datetime import timedelta

from core import clock

WINDOW = timedelta(minutes=15)
# an office shares one address, so it may fail more often than one account
PER_ADDRESS = 30
PER_ACCOUNT = 8
_MOST_KEYS = 10_000


class Throttle:
    """Counts attempts in a sliding window. Known and unknown accounts are counted alike, so a refusal tells nothing.

    Names are kept as keyed hashes, and forgotten with the window.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._attempts: dict[str, deque[int]] = {}

    def admit(self, *, address: str, account: str) -> bool:
        """Count an attempt and say whether it may be made; a refused one is not counted."""
        limits = self._limits(address, account)
        if any(len(self._recent(key)) >= most for key, most in limits):
            return False
        for key, _ in limits:
            self._attempts.setdefault(key, deque()).append(clock.now_milliseconds())
        self._forget_oldest()
        return True

    def succeeded(self, *, address: str, account: str) -> None:
        """Take back what a good password was counted as: the account starts anew, the address has one attempt fewer."""
        (by_address, _), (by_account, _) = self._limits(address, account)
        self._attempts.pop(by_account, None)
        if self._attempts.get(by_address):
            self._attempts[by_address].pop()

    def _limits(self, address: str, account: str) -> list[tuple[str, int]]:
        return [
            (self._hashed(f"address:{address}"), PER_ADDRESS),
            (self._hashed(f"account:{account.strip().lower()}"), PER_ACCOUNT),
        ]

    def _recent(self, key: str) -> deque[int]:
        times = self._attempts.get(key, deque())
        since = clock.now_milliseconds() - WINDOW // timedelta(milliseconds=1)
        while times and times[0] <= since:
            times.popleft()
        return times

    def _forget_oldest(self) -> None:
        # the oldest key goes first, so that a flood of names cannot fill the memory
        while len(self._attempts) > _MOST_KEYS:
            self._attempts.pop(next(iter(self._attempts)))

    def _hashed(self, name: str) -> str:
        return hmac.new(self._secret, f"fidelio:sign-in:{name}".encode(), hashlib.sha256).hexdigest()
