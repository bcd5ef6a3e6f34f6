"""Check a subnet's size, and give no public addresses away unasked.

moto makes the first subnet of a zone its default, whatever VPC it is in, and accepts any prefix length.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html
"""

from ipaddress import IPv4Network
from typing import Any

from moto.ec2.models.subnets import SubnetBackend

from ..faults import refuse
from ..patch import around


@around(SubnetBackend, "create_subnet")
def create_subnet(original: Any, self: Any, vpc_id: str, cidr_block: str, *args: Any, **kwargs: Any) -> Any:
    """Make a subnet of /16 to /28; only the default VPC's subnets are default ones."""
    try:
        network = IPv4Network(cidr_block, strict=False) if cidr_block else None
    except ValueError:
        network = None  # moto has the words for that
    if network is not None and not 16 <= network.prefixlen <= 28:
        raise refuse("InvalidSubnet.Range", f"The CIDR '{cidr_block}' is invalid.")
    subnet = original(self, vpc_id, cidr_block, *args, **kwargs)
    if not self.get_vpc(vpc_id).is_default:
        subnet.default_for_az = subnet.map_public_ip_on_launch = False
    return subnet
