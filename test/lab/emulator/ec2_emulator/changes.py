"""One lock around every call, and a number that grows with every change of the emulated state.

moto serves each request in a thread of its own without a lock, so two calls at once could both take the
last Elastic IP of the quota. The number lets the lab wait for a change instead of asking again and again.
"""

import threading
from collections.abc import Callable

LOCK = threading.RLock()


class Changes:
    """The count of changes, for readers to wait on."""

    def __init__(self) -> None:
        """Begin at no change."""
        self.version = 0
        self.resets = 0
        self._changed = threading.Condition(LOCK)

    def note(self) -> None:
        """Count one change and wake whoever waits for one."""
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def reset(self) -> None:
        """Count a change after which nothing that was under way has any meaning."""
        with self._changed:
            self.resets += 1
            self.note()

    def wait_beyond(self, seen: int, seconds: float) -> None:
        """Return as soon as the version differs from ``seen``, or after ``seconds``."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != seen, timeout=seconds)


changes = Changes()


def later(seconds: float, change: Callable[[], None]) -> None:
    """Run ``change`` under the lock after ``seconds`` and count it, unless a reset comes first; at once for 0."""

    resets = changes.resets

    def run() -> None:
        with LOCK:
            if changes.resets == resets:
                change()
                changes.note()

    if seconds <= 0:
        run()
        return
    timer = threading.Timer(seconds, run)
    timer.daemon = True
    timer.start()
