"""Answer every documented filter of DescribeAddresses.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html
"""

from collections.abc import Callable
from typing import Any

from moto.ec2.models.elastic_ip_addresses import ElasticAddress

from ..patch import around

VALUES: dict[str, Callable[[Any], Any]] = {
    "allocation-id": lambda eip: eip.allocation_id,
    "association-id": lambda eip: eip.association_id,
    "instance-id": lambda eip: eip.instance_id,
    "network-border-group": lambda eip: eip.ec2_backend.region_name,
    "network-interface-id": lambda eip: eip.network_interface_id,
    "network-interface-owner-id": lambda eip: eip.network_interface_owner_id,
    "private-ip-address": lambda eip: eip.private_ip_address,
    "public-ip": lambda eip: eip.public_ip,
}


@around(ElasticAddress, "get_filter_value")
def get_filter_value(original: Any, self: Any, filter_name: str, method_name: str | None = None) -> Any:
    """Return the address's value for the filter, or [] where it has none."""
    if filter_name not in VALUES:
        return original(self, filter_name, method_name)
    value = VALUES[filter_name](self)
    return [] if value is None else value
