"""The log goes to the client's log, quietly. Nothing ever pops up."""

from __future__ import annotations

import logging
from collections.abc import Callable

from lsprotocol import types


class ClientLog(logging.Handler):
    """Hands records to ``send``, which may be called from any thread."""

    def __init__(self, send: Callable[[types.LogMessageParams], None]) -> None:
        super().__init__(logging.INFO)
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record with its traceback."""
        self._send(types.LogMessageParams(_kind(record.levelno), self.format(record)))


def install(send: Callable[[types.LogMessageParams], None]) -> None:
    """Send what this package logs to the client from now on."""
    logger = logging.getLogger("hatchet_ls")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.handlers[:] = [ClientLog(send)]
    # pygls reports through the server's report_server_error, too; once is enough.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)


def _kind(level: int) -> types.MessageType:
    if level >= logging.ERROR:
        return types.MessageType.Error
    return types.MessageType.Warning if level >= logging.WARNING else types.MessageType.Info
