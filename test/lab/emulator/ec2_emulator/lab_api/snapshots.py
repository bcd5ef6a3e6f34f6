"""Keep the whole state of a Region, and go back to it: far quicker than making the same things again."""

import copy
from typing import Any

# What no call of the lab changes, and what is large.
_SHARED = ("amis", "snapshots")

_kept: list[dict[str, Any]] = []


def _copied(backend: Any, state: dict[str, Any]) -> dict[str, Any]:
    """Copy a state; what refers to the backend or to shared data goes on referring to the same."""
    shared = [backend, *(state[name] for name in _SHARED if name in state)]
    return copy.deepcopy(state, {id(thing): thing for thing in shared})


def keep(backend: Any) -> int:
    """Keep what the backend holds, and return the number to go back to it by."""
    _kept.append(_copied(backend, vars(backend)))
    return len(_kept) - 1


def go_back(backend: Any, number: int) -> None:
    """Make the backend hold what it held then; as often as wanted."""
    state = _copied(backend, _kept[number])
    vars(backend).clear()
    vars(backend).update(state)


def forget_all() -> None:
    """Forget the states that are kept."""
    _kept.clear()
