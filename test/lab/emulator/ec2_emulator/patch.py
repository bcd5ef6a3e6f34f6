"""How a correction replaces one method of moto: with the original in hand, so that it says only the difference."""

import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any


def around(owner: type | ModuleType, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Replace ``owner.name`` by the decorated function, which gets the original as its first argument.

    The original may be inherited; the replacement is set on ``owner`` alone.
    """

    def decorate(correction: Callable[..., Any]) -> Callable[..., Any]:
        original = getattr(owner, name)

        @functools.wraps(original)
        def replacement(*args: Any, **kwargs: Any) -> Any:
            return correction(original, *args, **kwargs)

        setattr(owner, name, replacement)
        return correction

    return decorate


def adds(owner: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Set the decorated function or property on ``owner`` under its own name."""

    def decorate(member: Any) -> Any:
        function = member.fget if isinstance(member, property) else member
        setattr(owner, function.__name__, member)
        return member

    return decorate
