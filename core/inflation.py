"""Content-Encoding undone under a byte cap, so that a small answer cannot grow to fill the memory."""

import zlib
from collections.abc import Iterable, Iterator

# zlib's window bits: 16 more reads the gzip wrapper, a negative number reads a stream without any
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_PIECE_BYTES = 64 * 1024

READABLE = ("gzip", "x-gzip", "deflate", "identity", "")


class BrokenEncodingError(ValueError):
    """The bytes are not what their Content-Encoding says."""


def decoded(chunks: Iterable[bytes], *, encoding: str) -> Iterator[bytes]:
    """The decoded bytes in pieces of at most 64 KB; the caller stops when it has had enough.

    `encoding` is one of READABLE. Raises BrokenEncodingError.
    """
    if encoding in ("", "identity"):
        yield from chunks
        return
    inflater: _Inflater | None = None
    for chunk in chunks:
        if not chunk:
            continue
        inflater = inflater or _Inflater(_window(chunk, encoding=encoding))
        yield from inflater.pieces(chunk)


class _Inflater:
    def __init__(self, window: int) -> None:
        self._window = window
        self._stream = zlib.decompressobj(window)

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            try:
                piece = self._stream.decompress(chunk, _PIECE_BYTES)
            except zlib.error as error:
                raise BrokenEncodingError(str(error)) from error
            if piece:
                yield piece
            if self._stream.eof:
                # a gzip file may be several joined together; anything else after the end is padding
                chunk = self._stream.unused_data
                if self._window != _GZIP or not chunk.startswith(b"\x1f\x8b"):
                    return
                self._stream = zlib.decompressobj(self._window)
            else:
                chunk = self._stream.unconsumed_tail


def _window(first: bytes, *, encoding: str) -> int:
    if encoding in ("gzip", "x-gzip"):
        return _GZIP
    # "deflate" means zlib, yet some servers send the bare stream: its first byte tells them apart
    return _ZLIB if first[0] & 0x0F == zlib.DEFLATED else _RAW
