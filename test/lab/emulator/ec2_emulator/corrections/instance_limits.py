"""What an instance type takes, from the same table that DescribeInstanceTypes answers from.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
"""

from moto.ec2.models.instance_types import INSTANCE_TYPES


def addresses_per_interface(instance_type: str) -> int:
    """Return how many IPv4 addresses one interface takes, the primary included."""
    return int(INSTANCE_TYPES[instance_type]["NetworkInfo"]["Ipv4AddressesPerInterface"])


def most_interfaces(instance_type: str) -> int:
    """Return how many interfaces the type takes."""
    return int(INSTANCE_TYPES[instance_type]["NetworkInfo"]["MaximumNetworkInterfaces"])
