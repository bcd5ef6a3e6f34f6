"""What each request of the lab does."""

import functools
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.moto_api._internal import mock_random
from moto.moto_api._internal.models import moto_api_backend

from ..changes import LOCK, changes
from ..corrections.console import set_console_output
from ..settings import settings
from . import snapshots
from .dump import dump

DEFAULT_REGION = "us-east-1"
LONGEST_WAIT = 10.0


class BadRequestError(Exception):
    """The request cannot be served; the text says why."""


def _number(arguments: dict[str, Any], name: str) -> int:
    value = arguments.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadRequestError(f"{name} must be a whole number of at least 0, not {value!r}")
    return value


def _backend(arguments: dict[str, Any]) -> Any:
    account = str(arguments.get("account", DEFAULT_ACCOUNT_ID))
    return ec2_backends[account][str(arguments.get("region", DEFAULT_REGION))]


def _instance(arguments: dict[str, Any]) -> Any:
    try:
        return _backend(arguments).get_instance(arguments.get("instanceId"))
    except EC2ClientError as error:
        raise BadRequestError(error.message) from None


@functools.lru_cache(maxsize=4)
def _dumped(_version: int, account: str, region: str) -> dict[str, Any]:
    """Return the state of one version; several readers of it cost one dump."""
    return dump(account, region)


def state(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the whole state; with ``after``, as soon as its version is another one, or after 10 s."""
    if "after" in arguments:
        changes.wait_beyond(int(arguments["after"]), LONGEST_WAIT)
    with LOCK:
        account = str(arguments.get("account", DEFAULT_ACCOUNT_ID))
        now = changes.version
        return {"version": now, **_dumped(now, account, str(arguments.get("region", DEFAULT_REGION)))}


def reset(_arguments: dict[str, Any]) -> dict[str, Any]:
    """Forget everything, the quota included."""
    with LOCK:
        moto_api_backend.reset()
        snapshots.forget_all()
        settings.restore()
        changes.reset()
    return {"version": changes.version}


def seed(arguments: dict[str, Any]) -> dict[str, Any]:
    """Make the ids and addresses that follow repeatable."""
    with LOCK:
        mock_random.seed(_number(arguments, "seed"))
    return {"version": changes.version}


def quota(arguments: dict[str, Any]) -> dict[str, Any]:
    """Set how many Elastic IPs a Region may have."""
    with LOCK:
        settings.max_elastic_ips = _number(arguments, "vpcMaxElasticIps")
        changes.note()
    return {"version": changes.version}


def policy(arguments: dict[str, Any]) -> dict[str, Any]:
    """Enforce an IAM policy from now on, or none."""
    wanted = arguments.get("policy")
    if wanted is not None and not isinstance(wanted, dict):
        raise BadRequestError("policy must be an object")
    with LOCK:
        settings.policy = wanted
    return {"version": changes.version}


def keep(arguments: dict[str, Any]) -> dict[str, Any]:
    """Keep the state of a Region, to go back to."""
    with LOCK:
        return {"version": changes.version, "kept": snapshots.keep(_backend(arguments))}


def go_back(arguments: dict[str, Any]) -> dict[str, Any]:
    """Go back to a state that was kept since the last reset; what was under way then or now never ends."""
    with LOCK:
        try:
            snapshots.go_back(_backend(arguments), _number(arguments, "kept"))
        except IndexError:
            raise BadRequestError("there is no such state") from None
        changes.reset()
    return {"version": changes.version}


def console(arguments: dict[str, Any]) -> dict[str, Any]:
    """Set what GetConsoleOutput answers for an instance."""
    text = arguments.get("text")
    if not isinstance(text, str):
        raise BadRequestError("text must be a string")
    with LOCK:
        set_console_output(_instance(arguments), text)
        changes.note()
    return {"version": changes.version}


def power_off(arguments: dict[str, Any]) -> dict[str, Any]:
    """Do what EC2 does when a guest shuts itself down: stop or terminate, as the instance says."""
    with LOCK:
        instance = _instance(arguments)
        if instance.state == "running":
            ends = instance.instance_initiated_shutdown_behavior == "terminate"
            (instance.terminate if ends else instance.stop)()
            changes.note()
    return {"version": changes.version}
