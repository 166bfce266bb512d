"""Where databases of tests stand: in memory where the system offers it, since each test takes a copy of its own."""

import os
import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own with a random name is made below it
# a container is often given 64 MB there
_NEEDED_BYTES = 2 << 30


def folder() -> Path:
    """The folder to make temporary folders in; short, since a socket's path has about 100 characters."""
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _NEEDED_BYTES:
        return _MEMORY
    # the usual temporary folder of macOS uses up what a socket's path may have
    return Path("/tmp")  # noqa: S108
