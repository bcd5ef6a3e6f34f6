"""Let an instance go through pending, stopping and shutting-down, and let its interfaces go when it ends.

moto knows running, stopped and terminated only, leaves the interfaces of a terminated instance in use, and has a
started instance keep the time of its first launch.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html
"""

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from moto.core.utils import utcnow
from moto.ec2.models.instances import Instance, InstanceState

from ..changes import later
from ..faults import refuse
from ..patch import around
from ..settings import settings
from .attachments import forget
from .pairing import disassociate, eips_of

CODES = {"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80}


def become(instance: Any, state: str) -> None:
    """Put the instance into a state at once."""
    instance._state = InstanceState(state, CODES[state])


def pass_through(instance: Any, state: str, finish: Callable[[], Any]) -> None:
    """Put the instance into a passing state, and finish a little later unless something else came between."""
    become(instance, state)
    passing = instance._state

    def finish_if_still_there() -> None:
        if instance._state is passing:
            finish()

    later(settings.transition_seconds, finish_if_still_there)


def _check(instance: Any, *allowed: str) -> None:
    if instance.state not in allowed:
        raise refuse(
            "IncorrectInstanceState",
            f"Instance '{instance.id}' is in state '{instance.state}', which does not allow this operation.",
        )


@around(Instance, "start")
def start(original: Any, self: Any) -> InstanceState:
    """Start a stopped instance; a running one stays as it is."""
    previous = copy.copy(self._state)
    if self.state not in ("running", "pending"):
        _check(self, "stopped")
        pass_through(self, "pending", lambda: original(self))
        # In whole seconds; on EC2 a stop and a start take longer than one.
        self.launch_time = utcnow() + timedelta(seconds=1)
    return previous


@around(Instance, "stop")
def stop(original: Any, self: Any) -> InstanceState:
    """Stop a running instance; a stopped one stays as it is."""
    previous = copy.copy(self._state)
    if self.state not in ("stopped", "stopping"):
        _check(self, "running")
        pass_through(self, "stopping", lambda: original(self))
    return previous


def _release_interfaces(instance: Any) -> None:
    """Delete the interfaces that were to go with the instance, and detach the others."""
    for eni in list(instance.nics.values()):
        going = bool(eni.delete_on_termination)
        eni.stop()
        forget(eni)
        if going:
            for eip in list(eips_of(eni).values()):
                disassociate(eip)
            instance.ec2_backend.delete_network_interface(eni.id)
    instance.nics = {}
    instance._subnet_id = None


@around(Instance, "terminate")
def terminate(original: Any, self: Any) -> InstanceState:
    """Terminate from any state; a second time changes nothing."""
    previous = copy.copy(self._state)

    def finish() -> None:
        _release_interfaces(self)
        original(self)

    if self.state not in ("shutting-down", "terminated"):
        pass_through(self, "shutting-down", finish)
    return previous


@around(Instance, "reboot")
def reboot(_original: Any, self: Any) -> None:
    """Reboot a running instance; its state does not change, so the lab's guest is told by a count."""
    _check(self, "running")
    self.reboots = getattr(self, "reboots", 0) + 1


def _absent_without_interface(name: str) -> None:
    """Make a property None once the instance has no interface: a terminated one has no address."""
    value = getattr(Instance, name).fget
    setattr(Instance, name, property(lambda self: value(self) if self.nics else None))


for _name in ("private_ip", "private_ip_address", "private_dns_name", "public_ip", "public_ip_address", "vpc_id"):
    _absent_without_interface(_name)
