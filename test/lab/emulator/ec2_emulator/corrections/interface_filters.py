"""Answer every documented filter of DescribeNetworkInterfaces.

moto answers association.*, most of addresses.* and of attachment.* with HTTP 500, and looks at the primary
address alone.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
"""

from collections.abc import Callable
from typing import Any

from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.utils import format_timestamp

from ..patch import around


def _addresses(key: str) -> Callable[[Any], list[str]]:
    return lambda eni: [str(entry[key]) for entry in eni.network_interface_private_ip_address_list if key in entry]


def _associations(key: str) -> Callable[[Any], list[str]]:
    """Return the values over all of the interface's addresses, as EC2 matches them."""
    return lambda eni: [
        entry["Association"][key]
        for entry in eni.network_interface_private_ip_address_list
        if key in entry.get("Association", {})
    ]


def _primary(key: str) -> Callable[[Any], str | None]:
    return lambda eni: eni.association.get(key)


def _attached(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda eni: value(eni) if eni.attachment_id else None


VALUES: dict[str, Callable[[Any], Any]] = {
    "addresses.association.owner-id": _associations("IpOwnerId"),
    "addresses.association.public-ip": _associations("PublicIp"),
    "addresses.primary": lambda eni: [value.lower() for value in _addresses("Primary")(eni)],
    "addresses.private-ip-address": _addresses("PrivateIpAddress"),
    "association.allocation-id": _associations("AllocationId"),
    "association.association-id": _associations("AssociationId"),
    "association.ip-owner-id": _primary("IpOwnerId"),
    "association.public-dns-name": _primary("PublicDnsName"),
    "association.public-ip": _primary("PublicIp"),
    "attachment.attach-time": _attached(lambda eni: format_timestamp(eni.attach_time)),
    "attachment.attachment-id": lambda eni: eni.attachment_id,
    "attachment.delete-on-termination": _attached(lambda eni: bool(eni.delete_on_termination)),
    "attachment.device-index": _attached(lambda eni: str(eni.device_index)),
    "attachment.instance-id": _attached(lambda eni: eni.instance.id),
    "attachment.instance-owner-id": _attached(lambda eni: eni.instance.owner_id),
    "attachment.status": _attached(lambda _eni: "attached"),
    "group-id": lambda eni: [group.id for group in eni.group_set],
    "ipv6-addresses.ipv6-address": lambda eni: eni.ipv6_addresses,
    "operator.managed": lambda _eni: False,
    "operator.principal": lambda _eni: None,
    "owner-id": lambda eni: eni.owner_id,
    "private-ip-address": _addresses("PrivateIpAddress"),
    "requester-id": lambda eni: eni.requester_id,
    "availability-zone-id": lambda eni: eni.subnet.availability_zone_id,
}


@around(NetworkInterface, "get_filter_value")
def get_filter_value(original: Any, self: Any, filter_name: str, method_name: str | None = None) -> Any:
    """Return the interface's value for the filter, or [] where it has none."""
    if filter_name not in VALUES:
        return original(self, filter_name, method_name)
    value = VALUES[filter_name](self)
    return [] if value is None else value
