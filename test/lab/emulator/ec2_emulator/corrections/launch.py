"""Launch on a ready interface, or make the interfaces with all that the request says of them.

moto drops secondary addresses of a launch, keeps the interface when the instance ends, accepts an interface
that is in use or has too many addresses, and launches MinCount instances.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import VPCIdNotSpecifiedError
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.responses.instances import InstanceResponse

from ..faults import refuse
from ..patch import around
from .attachments import check_fits, check_free
from .instance_limits import INSTANCE_TYPES, most_interfaces
from .instance_states import become, pass_through

_MESSAGE = "Network interfaces and an instance-level {} may not be specified on the same request"
_INSTANCE_LEVEL = {
    "SubnetId": "subnet ID",
    "SecurityGroupIds": "security groups",
    "SecurityGroups": "security groups",
    "PrivateIpAddress": "private address",
}
_INTERFACE_LEVEL = ("SubnetId", "Groups", "PrivateIpAddress", "PrivateIpAddresses", "SecondaryPrivateIpAddressCount")


def _check_combination(response: Any) -> None:
    """Refuse what may not stand beside an interface, on the request or on the interface itself."""
    specs = response._get_param("NetworkInterfaces", [])
    for name, words in _INSTANCE_LEVEL.items():
        if specs and response._get_param(name):
            raise refuse("InvalidParameterCombination", _MESSAGE.format(words))
    for spec in specs:
        both = [name for name in _INTERFACE_LEVEL if spec.get(name)]
        if spec.get("NetworkInterfaceId") and both:
            raise refuse(
                "InvalidParameterCombination",
                f"A network interface ID and {both[0]} may not be specified on the same interface.",
            )


def _check_interfaces(response: Any) -> None:
    """Refuse interfaces that the launch cannot take."""
    instance_type = response._get_param("InstanceType", "m1.small")
    specs = response._get_param("NetworkInterfaces", [])
    if instance_type not in INSTANCE_TYPES:
        raise refuse("InvalidParameterValue", f"Invalid value '{instance_type}' for InstanceType.")
    if len(specs) > most_interfaces(instance_type):
        raise refuse(
            "AttachmentLimitExceeded",
            f"Interface count {len(specs)} exceeds the limit for {instance_type}",
        )
    ready = [spec["NetworkInterfaceId"] for spec in specs if spec.get("NetworkInterfaceId")]
    if ready and response._get_int_param("MaxCount", 1) > 1:
        raise refuse("InvalidParameterCombination", "A network interface can be given to one instance only.")
    for eni_id in ready:
        eni = response.ec2_backend.get_network_interface(eni_id)
        check_free(eni)
        check_fits(eni, instance_type)


@around(InstanceResponse, "run_instances")
def run_instances_response(original: Any, self: Any) -> ActionResult:
    """Check the request before anything is made; launch MaxCount instances."""
    _check_combination(self)
    _check_interfaces(self)
    self.params["MinCount"] = self._get_int_param("MaxCount", 1)
    return original(self)


def _specs(kwargs: dict[str, Any], groups: list[str]) -> list[dict[str, Any]]:
    """Return the interfaces of one instance; without any given, the one that instance-level values describe."""
    if kwargs.get("nics"):
        return list(kwargs["nics"])
    return [
        {
            "DeviceIndex": 0,
            "SubnetId": kwargs.get("subnet_id"),
            "PrivateIpAddress": kwargs.get("private_ip"),
            "Groups": groups,
        }
    ]


def _subnet(backend: Any, spec: dict[str, Any]) -> Any:
    """Return the subnet for a new interface: the given one, or a default one."""
    if spec.get("SubnetId"):
        return backend.get_subnet(spec["SubnetId"])
    defaults = backend.get_default_subnets()
    if not defaults:
        raise VPCIdNotSpecifiedError()
    return defaults[min(defaults)]


def _make(backend: Any, spec: dict[str, Any], instance_type: str) -> Any:
    """Make the interface of one specification; it goes with the instance unless the request says otherwise."""
    subnet = _subnet(backend, spec)
    eni = backend.create_network_interface(
        subnet,
        spec.get("PrivateIpAddress"),
        spec.get("PrivateIpAddresses"),
        spec.get("Groups"),
        spec.get("Description"),
        delete_on_termination=spec.get("DeleteOnTermination") is not False,
        secondary_ips_count=spec.get("SecondaryPrivateIpAddressCount"),
    )
    wanted = spec.get("AssociatePublicIpAddress")
    eni.wants_public_ip = subnet.map_public_ip_on_launch if wanted is None else wanted is True
    try:
        check_fits(eni, instance_type)
    except Exception:
        backend.delete_network_interface(eni.id)
        raise
    return eni


def _one(original: Any, backend: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Launch one instance on interfaces that are ready by then; leave none behind where that fails."""
    image_id, user_data, names = args
    groups = [*kwargs.pop("security_group_ids", []), *_ids(backend, names)]
    made: list[Any] = []
    nics: list[dict[str, Any]] = []
    try:
        for spec in _specs(kwargs, groups):
            eni_id = spec.get("NetworkInterfaceId")
            if not eni_id:
                made.append(_make(backend, spec, kwargs["instance_type"]))
                eni_id = made[-1].id
            nics.append({**spec, "NetworkInterfaceId": eni_id, "DeviceIndex": spec.get("DeviceIndex", 0)})
        launch = {**kwargs, "nics": nics, "subnet_id": None, "private_ip": None}
        reservation = original(backend, image_id, 1, user_data, [], **launch)
    except Exception:
        for eni in made:
            backend.delete_network_interface(eni.id)
        raise
    _settle(reservation.instances[0], made)
    return reservation


def _ids(backend: Any, names: list[str]) -> list[str]:
    return [group.id for group in map(backend.get_security_group_by_name_or_id, names) if group is not None]


def _settle(instance: Any, made: list[Any]) -> None:
    """Show the primary interface's zone on the instance, and let it become running."""
    instance._placement.zone = instance.nics[0].availability_zone
    for eni in made:
        eni.public_ip_auto_assign = eni.wants_public_ip
        eni.check_auto_public_ip()
    pass_through(instance, "pending", lambda: become(instance, "running"))


@around(InstanceBackend, "run_instances")
def run_instances(
    original: Any, self: Any, image_id: str, count: int, user_data: Any, security_group_names: list[str], **kwargs: Any
) -> Any:
    """Launch ``count`` instances into one reservation."""
    arguments = (image_id, user_data, security_group_names)
    reservation = _one(original, self, arguments, dict(kwargs))
    for index in range(1, count):
        more = _one(original, self, arguments, dict(kwargs))
        del self.reservations[more.id]
        more.instances[0].ami_launch_index = index
        reservation.instances.extend(more.instances)
    return reservation
