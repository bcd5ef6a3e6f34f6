"""Security groups belong to the interface; an instance shows those of its primary one.

moto keeps a second list on the instance and shows both together, so a group never leaves an interface.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html
"""

from typing import Any

from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.instances import Instance

from ..patch import adds


@adds(NetworkInterface)
@property
def group_set(self: Any) -> list[Any]:
    """The groups of this interface, whatever it is attached to."""
    return self._group_set


def _primary(instance: Any) -> Any | None:
    return instance.__dict__.get("nics", {}).get(0)


def _groups(self: Any) -> list[Any]:
    eni = _primary(self)
    return eni._group_set if eni is not None else []


def _set_groups(self: Any, groups: list[Any]) -> None:
    # moto sets them while the instance has no interface yet; then the interface brings its own.
    eni = _primary(self)
    if eni is not None:
        eni._group_set = list(groups)


Instance.security_groups = property(_groups, _set_groups)
