"""When the engine retries a failed task, and how long that may take.

The engine counts a failure first and then waits ``least(backoff_max_seconds, backoff_factor ** n)`` seconds before
retry ``n``, which starts at 1; without a factor it retries at once. Source: ``v1_task_update_function`` in
``sql/schema/v1-core.sql`` of the engine, and the defaults in ``internal/services/admin/v1/server.go``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from hatchet_ls.languages.duration.words import in_short

LOWEST_FACTOR = 1
HIGHEST_FACTOR = 1000
LONGEST_BACKOFF = 86_400
"""Seconds: the most that ``backoff_max_seconds`` may say, and what the engine takes when it is not set."""

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class RetrySchedule:
    """The retries of one task."""

    retries: int
    """0 or more."""
    factor: float | None = None
    """``backoff_factor``, 1 to 1000; None for no backoff."""
    max_seconds: int | None = None
    """``backoff_max_seconds``, 1 to 86400; None for the engine's default."""

    def __post_init__(self) -> None:
        """Raises:
        ValueError: the engine refuses such a task.
        """
        if self.retries < 0:
            raise ValueError("retries must be 0 or more")
        if self.factor is None:
            return
        if not LOWEST_FACTOR <= self.factor <= HIGHEST_FACTOR:
            raise ValueError(f"the factor must be from {LOWEST_FACTOR} to {HIGHEST_FACTOR}")
        if self.max_seconds is not None and not 1 <= self.max_seconds <= LONGEST_BACKOFF:
            raise ValueError(f"the longest backoff must be from 1 to {LONGEST_BACKOFF} seconds")

    @property
    def attempts(self) -> int:
        """How often the task runs at most."""
        return self.retries + 1

    @property
    def ceiling(self) -> int:
        """The longest backoff, in seconds."""
        return LONGEST_BACKOFF if self.max_seconds is None else self.max_seconds

    def delay(self, retry: int) -> timedelta:
        """How long the engine waits before a retry, the first being 1."""
        if self.factor is None:
            return timedelta(0)
        return timedelta(seconds=self.factor**retry if retry <= self._growing else self.ceiling)

    @property
    def waiting(self) -> timedelta | None:
        """All delays together; None when that is longer than a ``timedelta`` can say."""
        if self.factor is None:
            return timedelta(0)
        growing = min(self.retries, self._growing)
        seconds = float(growing)
        if self.factor > 1:  # the geometric sum, exact for factors close to 1 too
            step = self.factor - 1
            seconds = self.factor * math.expm1(growing * math.log1p(step)) / step
        return _timedelta(seconds + (self.retries - growing) * self.ceiling)

    @property
    def _growing(self) -> int:
        """The last retry whose delay is below the ceiling, or is on it."""
        assert self.factor is not None
        if self.factor == 1:
            return self.retries
        last = math.floor(math.log(self.ceiling) / math.log(self.factor))
        return last + 1 if self.factor ** (last + 1) <= self.ceiling else last

    def worst_case(self, execution_timeout: timedelta) -> timedelta | None:
        """From the first start to the last end when every attempt times out and none waits in the queue.

        None when that is longer than a ``timedelta`` can say.
        """
        waiting = self.waiting
        if waiting is None:
            return None
        return _timedelta(self.attempts * execution_timeout.total_seconds() + waiting.total_seconds())

    def in_words(self, execution_timeout: timedelta | None) -> str:
        """The schedule spelled out, without a full stop: ``3 retries after 2 s, 4 s, 8 s; worst case …``.

        Args:
            execution_timeout: as the engine knows it, in whole seconds; None when it is not known.
        """
        parts = [self._retries_in_words()]
        if execution_timeout is not None:
            parts.append(self._worst_case_in_words(execution_timeout))
        return "; ".join(part for part in parts if part)

    def _retries_in_words(self) -> str:
        if not self.retries:
            return "no retries"
        counted = f"{self.retries:,} {'retry' if self.retries == 1 else 'retries'}"
        if self.factor is None:
            return f"{counted} at once"
        if self.retries <= _SHOWN:
            delays = [self._delay_in_words(retry) for retry in range(1, self.retries + 1)]
        else:
            first = [self._delay_in_words(retry) for retry in range(1, _SHOWN - 1)]
            delays = [*first, "…", self._delay_in_words(self.retries)]
        return f"{counted} after {', '.join(delays)}"

    def _delay_in_words(self, retry: int) -> str:
        return in_short(self.delay(retry))

    def _worst_case_in_words(self, execution_timeout: timedelta) -> str:
        total = self.worst_case(execution_timeout)
        if total is None:
            return ""
        attempt = in_short(execution_timeout)
        if not self.retries:
            return f"worst case 1 attempt of {attempt}"
        waiting = f" + {in_short(self.waiting)} of waiting" if self.waiting else ""
        return f"worst case {self.attempts:,} attempts of {attempt}{waiting} = {in_short(total)}"


def _timedelta(seconds: float) -> timedelta | None:
    try:
        return timedelta(seconds=seconds)
    except OverflowError:
        return None
