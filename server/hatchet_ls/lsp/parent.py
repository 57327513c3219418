"""The server ends with its client, even when the client dies without closing the pipe."""

from __future__ import annotations

import os
import sys
import threading
import time

_SECONDS_BETWEEN_LOOKS = 2.0


def end_with(process_id: int) -> None:
    """End this process soon after another one has ended.

    A process that cannot be seen now is not watched: then the client runs elsewhere (a container's other side, another
    machine), and the number means nothing here.
    """
    if is_alive(process_id):
        threading.Thread(target=_watch, args=(process_id,), name="hatchet-ls-parent", daemon=True).start()


def _watch(process_id: int) -> None:
    while is_alive(process_id):
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    # Nothing gentler ends a process whose main thread is waiting in a read.
    os._exit(1)


if sys.platform == "win32":
    import ctypes

    _SYNCHRONIZE = 0x00100000
    _STILL_RUNNING = 0x00000102

    def is_alive(process_id: int) -> bool:
        """Whether a process runs (and may be looked at)."""
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, process_id)
        if not handle:
            return False
        running = kernel.WaitForSingleObject(handle, 0) == _STILL_RUNNING
        kernel.CloseHandle(handle)
        return bool(running)

else:

    def is_alive(process_id: int) -> bool:
        """Whether a process runs (and may be looked at)."""
        if process_id <= 0:
            return False
        try:
            os.kill(process_id, 0)
        except PermissionError:
            return True
        except (OSError, OverflowError):
            return False
        return True
