"""Parts of the walk's stack for tests to start from, and words for what must be refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

IMAGE = "ami-0deb12a0d64000001"
PRIMARY, SECONDARY = "192.168.1.100", "192.168.1.101"


@contextmanager
def refused(code: str, words: str = "") -> Iterator[None]:
    """Expect the block to be refused with EC2's ``code`` and a message that contains ``words``."""
    with pytest.raises(ClientError) as caught:
        yield
    error = caught.value.response["Error"]
    assert (error["Code"], words in error["Message"]) == (code, True), error


@dataclass
class Network:
    """A VPC with an attached gateway, a route to it, a subnet and a group."""

    vpc: str
    subnet: str
    gateway: str
    table: str
    group: str


def make_network(ec2: Any, cidr: str = "192.168.1.0/24") -> Network:
    """Make the walk's network."""
    vpc = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone="us-east-1a")["Subnet"]["SubnetId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    main = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "association.main", "Values": ["true"]}]
    table = ec2.describe_route_tables(Filters=main)["RouteTables"][0]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    group = ec2.create_security_group(GroupName="vpc_standalone", Description="standalone in VPC", VpcId=vpc)
    return Network(vpc, subnet, gateway, table, group["GroupId"])


def make_eni(ec2: Any, network: Network, *addresses: str) -> str:
    """Make an interface with the given addresses, the first being the primary; .100 and .101 by default."""
    given = addresses or (PRIMARY, SECONDARY)
    entries = [{"PrivateIpAddress": address, "Primary": n == 0} for n, address in enumerate(given)]
    eni = ec2.create_network_interface(SubnetId=network.subnet, Groups=[network.group], PrivateIpAddresses=entries)
    return eni["NetworkInterface"]["NetworkInterfaceId"]


def allocate(ec2: Any) -> str:
    """Allocate an Elastic IP and return its allocation id."""
    return ec2.allocate_address(Domain="vpc")["AllocationId"]


def launch(ec2: Any, eni: str | None = None, **more: Any) -> str:
    """Launch one instance, on the interface where one is given, and return its id."""
    nics = {"NetworkInterfaces": [{"NetworkInterfaceId": eni, "DeviceIndex": 0}]} if eni else {}
    request = {"ImageId": IMAGE, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, **nics, **more}
    return ec2.run_instances(**request)["Instances"][0]["InstanceId"]


def wait_for(ec2: Any, state: str, instance: str) -> dict[str, Any]:
    """Wait until the instance is in the state and return it."""
    ec2.get_waiter(f"instance_{state}").wait(InstanceIds=[instance], WaiterConfig={"Delay": 0.05, "MaxAttempts": 200})
    return describe(ec2, instance)


def describe(ec2: Any, instance: str) -> dict[str, Any]:
    """Return what DescribeInstances says of it."""
    return ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]


def describe_eni(ec2: Any, eni: str) -> dict[str, Any]:
    """Return what DescribeNetworkInterfaces says of it."""
    return ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"][0]


def pairs(ec2: Any, eni: str) -> dict[str, str | None]:
    """Return the interface's private addresses and the Elastic IP that each is paired with."""
    return {
        entry["PrivateIpAddress"]: entry.get("Association", {}).get("PublicIp")
        for entry in describe_eni(ec2, eni)["PrivateIpAddresses"]
    }
