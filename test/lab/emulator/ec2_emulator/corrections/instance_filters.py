"""Find instances by their interfaces, and by the token that they were launched with.

moto answers those filters of DescribeInstances with HTTP 500.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
"""

import fnmatch
from collections.abc import Callable
from typing import Any

from moto.ec2 import utils

from ..patch import around

VALUES: dict[str, Callable[[Any], list[str | None]]] = {
    "client-token": lambda instance: [instance.client_token],
    "network-interface.addresses.association.public-ip": lambda instance: [
        entry["Association"]["PublicIp"] for entry in _addresses(instance) if "Association" in entry
    ],
    "network-interface.addresses.private-ip-address": lambda instance: [
        entry["PrivateIpAddress"] for entry in _addresses(instance)
    ],
    "network-interface.group-id": lambda instance: [g.id for eni in instance.nics.values() for g in eni.group_set],
    "network-interface.network-interface-id": lambda instance: [eni.id for eni in instance.nics.values()],
    "network-interface.subnet-id": lambda instance: [eni.subnet_id for eni in instance.nics.values()],
    "network-interface.vpc-id": lambda instance: [eni.vpc_id for eni in instance.nics.values()],
}


def _addresses(instance: Any) -> list[dict[str, Any]]:
    return [entry for eni in instance.nics.values() for entry in eni.network_interface_private_ip_address_list]


@around(utils, "passes_filter_dict")
def passes_filter_dict(original: Any, instance: Any, filter_dict: dict[str, Any]) -> bool:
    """Decide by the filters that moto has not, then leave the others to it."""
    for name, patterns in filter_dict.items():
        values = [value for value in VALUES[name](instance) if value] if name in VALUES else None
        if values is not None and not any(fnmatch.fnmatchcase(v, pattern) for v in values for pattern in patterns):
            return False
    return original(instance, {name: patterns for name, patterns in filter_dict.items() if name not in VALUES})
