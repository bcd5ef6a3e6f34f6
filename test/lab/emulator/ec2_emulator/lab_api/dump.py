"""The whole state of a Region in EC2's own shapes, as its describes would show it."""

from collections.abc import Callable
from typing import Any

from moto.core.serialize import JSONSerializer, XFormedAttributePicker
from moto.core.utils import get_service_model
from moto.ec2.models import ec2_backends
from moto.ec2.responses import EC2Response

from ..corrections.reverse_dns import shown as shown_attribute
from ..corrections.unset_fields import serialize_structure_member
from ..patch import around
from ..settings import settings

IGNORED_VOLUME_STATES = ("deleting", "deleted")


class PlainSerializer(JSONSerializer):
    """Write an answer as plain data under the member names that an SDK uses, with times as ISO 8601."""

    DEFAULT_TIMESTAMP_FORMAT = "iso8601"

    def get_serialized_name(self, shape: Any, default_name: str) -> str:
        """Return the member's own name instead of its name on the wire."""
        return default_name


around(PlainSerializer, "_serialize_structure_member")(serialize_structure_member)


def _plain(action: str, result: dict[str, Any]) -> dict[str, Any]:
    """Return ``result`` as the action's answer would show it."""
    picker = XFormedAttributePicker(response_transformers=EC2Response.RESPONSE_KEY_PATH_TO_TRANSFORMER)
    operation = get_service_model("ec2").operation_model(action)
    serializer = PlainSerializer(operation_model=operation, value_picker=picker)
    answer: dict[str, Any] = {}
    serializer._serialize(answer, result, operation.output_shape, "")
    return answer


def _instances(backend: Any) -> list[dict[str, Any]]:
    """Return the instances with what only DescribeInstanceAttribute and GetConsoleOutput would show."""
    answer = _plain("DescribeInstances", {"Reservations": backend.describe_instances()})
    shown = [instance for reservation in answer["Reservations"] for instance in reservation["Instances"]]
    for instance in shown:
        model = backend.get_instance(instance["InstanceId"])
        instance["InstanceInitiatedShutdownBehavior"] = model.instance_initiated_shutdown_behavior
        instance["Reboots"] = getattr(model, "reboots", 0)
        instance["DisableApiTermination"] = bool(model.disable_api_termination)
        if model.user_data:
            instance["UserData"] = str(model.user_data)
        if getattr(model, "console_output", ""):
            instance["ConsoleOutput"] = model.console_output
    return shown


def _key_pairs(backend: Any) -> list[dict[str, Any]]:
    """Return the key pairs with their public keys."""
    shown = _plain("DescribeKeyPairs", {"KeyPairs": backend.describe_key_pairs([])})["KeyPairs"]
    return [{**key, "PublicKey": backend.key_pairs[key["KeyName"]].public_key.strip()} for key in shown]


def _described(action: str, key: str, items: list[Any]) -> list[dict[str, Any]]:
    return _plain(action, {key: items})[key]


# One row a list of the dump: its name, the id that it is sorted by, and how it is read.
LISTS: list[tuple[str, str, Callable[[Any], list[dict[str, Any]]]]] = [
    ("Vpcs", "VpcId", lambda b: _described("DescribeVpcs", "Vpcs", b.describe_vpcs())),
    ("Subnets", "SubnetId", lambda b: _described("DescribeSubnets", "Subnets", b.describe_subnets())),
    (
        "InternetGateways",
        "InternetGatewayId",
        lambda b: _described("DescribeInternetGateways", "InternetGateways", b.describe_internet_gateways()),
    ),
    (
        "NatGateways",
        "NatGatewayId",
        lambda b: _described("DescribeNatGateways", "NatGateways", b.describe_nat_gateways({}, None)),
    ),
    (
        "RouteTables",
        "RouteTableId",
        lambda b: _described("DescribeRouteTables", "RouteTables", b.describe_route_tables()),
    ),
    (
        "NetworkAcls",
        "NetworkAclId",
        lambda b: _described("DescribeNetworkAcls", "NetworkAcls", list(b.network_acls.values())),
    ),
    (
        "SecurityGroups",
        "GroupId",
        lambda b: _described("DescribeSecurityGroups", "SecurityGroups", b.describe_security_groups()),
    ),
    (
        "NetworkInterfaces",
        "NetworkInterfaceId",
        lambda b: _described("DescribeNetworkInterfaces", "NetworkInterfaces", b.get_all_network_interfaces()),
    ),
    ("Addresses", "AllocationId", lambda b: _described("DescribeAddresses", "Addresses", b.describe_addresses())),
    (
        "AddressAttributes",
        "AllocationId",
        lambda b: _described(
            "DescribeAddressesAttribute", "Addresses", [shown_attribute(eip) for eip in b.describe_addresses()]
        ),
    ),
    ("Instances", "InstanceId", _instances),
    (
        "Volumes",
        "VolumeId",
        lambda b: _described(
            "DescribeVolumes", "Volumes", [v for v in b.volumes.values() if v.status not in IGNORED_VOLUME_STATES]
        ),
    ),
    ("KeyPairs", "KeyName", _key_pairs),
]


def dump(account: str, region: str) -> dict[str, Any]:
    """Return every list, each sorted by its id, and the quota."""
    backend = ec2_backends[account][region]
    lists = {name: sorted(read(backend), key=lambda item: item[key]) for name, key, read in LISTS}
    return {"region": region, "vpcMaxElasticIps": settings.max_elastic_ips, **lists}
