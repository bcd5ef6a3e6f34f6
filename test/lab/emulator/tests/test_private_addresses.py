"""https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html"""

from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest

from stack import (
    PRIMARY,
    SECONDARY,
    Network,
    allocate,
    describe_eni,
    launch,
    make_eni,
    make_network,
    pairs,
    refused,
    wait_for,
)

UNUSABLE = [
    ("10.0.0.5", "subnet's address range"),
    ("192.168.1.0", "reserved"),
    ("192.168.1.1", "reserved"),
    ("192.168.1.3", "reserved"),
    ("192.168.1.255", "reserved"),
    ("192.168.1.256", "192.168.1.256"),
    ("nonsense", "nonsense"),
]


@pytest.fixture
def network(ec2: Any) -> Network:
    return make_network(ec2)


@pytest.mark.parametrize(("address", "words"), UNUSABLE)
def test_unusable_addresses_are_refused(ec2: Any, network: Network, address: str, words: str) -> None:
    with refused("InvalidParameterValue", words):
        make_eni(ec2, network, address)
    eni = make_eni(ec2, network)
    with refused("InvalidParameterValue", words):
        ec2.assign_private_ip_addresses(NetworkInterfaceId=eni, PrivateIpAddresses=["192.168.1.50", address])
    assert list(pairs(ec2, eni)) == [PRIMARY, SECONDARY]


def test_the_first_and_the_last_usable_address_are_accepted(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network, "192.168.1.4", "192.168.1.254")
    assert list(pairs(ec2, eni)) == ["192.168.1.4", "192.168.1.254"]


def test_taken_addresses_are_refused(ec2: Any, network: Network) -> None:
    make_eni(ec2, network)
    with refused("InvalidIPAddress.InUse"):
        make_eni(ec2, network, "192.168.1.50", SECONDARY)
    other = make_eni(ec2, network, "192.168.1.51")
    with refused("InvalidParameterValue", "move is not allowed"):
        ec2.assign_private_ip_addresses(NetworkInterfaceId=other, PrivateIpAddresses=[SECONDARY])
    assert len(ec2.describe_network_interfaces()["NetworkInterfaces"]) == 2


def test_an_address_given_twice_is_refused(ec2: Any, network: Network) -> None:
    with refused("InvalidParameterValue", "Duplicate"):
        make_eni(ec2, network, PRIMARY, SECONDARY, SECONDARY)
    with refused("InvalidParameterValue", "Duplicate"):
        make_eni(ec2, network, PRIMARY, PRIMARY)


def test_the_answer_to_assign_lists_only_what_is_new(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network, PRIMARY)
    answer = ec2.assign_private_ip_addresses(NetworkInterfaceId=eni, PrivateIpAddresses=[SECONDARY])
    assert answer["AssignedPrivateIpAddresses"] == [{"PrivateIpAddress": SECONDARY}]


def test_assign_by_count_gives_free_addresses_of_the_subnet(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network, PRIMARY)
    answer = ec2.assign_private_ip_addresses(NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=20)
    given = {IPv4Address(entry["PrivateIpAddress"]) for entry in answer["AssignedPrivateIpAddresses"]}
    assert len(given) == 20
    assert all(address in IPv4Network("192.168.1.0/24") for address in given)
    with refused("InvalidParameterCombination"):
        ec2.assign_private_ip_addresses(
            NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=1, PrivateIpAddresses=["192.168.1.50"]
        )


def test_a_full_subnet_is_refused(ec2: Any) -> None:
    network = make_network(ec2, "10.9.9.0/28")
    eni = ec2.create_network_interface(SubnetId=network.subnet, SecondaryPrivateIpAddressCount=10)
    assert len(eni["NetworkInterface"]["PrivateIpAddresses"]) == 11
    assert ec2.describe_subnets(SubnetIds=[network.subnet])["Subnets"][0]["AvailableIpAddressCount"] == 0
    with refused("InsufficientFreeAddressesInSubnet"):
        ec2.create_network_interface(SubnetId=network.subnet)


def test_an_attached_interface_takes_no_more_than_its_instance_type(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network)
    wait_for(ec2, "running", launch(ec2, eni))
    with refused("PrivateIpAddressLimitExceeded"):
        ec2.assign_private_ip_addresses(NetworkInterfaceId=eni, PrivateIpAddresses=["192.168.1.102"])
    with refused("PrivateIpAddressLimitExceeded"):
        ec2.assign_private_ip_addresses(NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=1)


def test_a_move_takes_the_eip_along(ec2: Any, network: Network) -> None:
    eni, other, eip = make_eni(ec2, network), make_eni(ec2, network, "192.168.1.50"), allocate(ec2)
    ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni, PrivateIpAddress=SECONDARY)
    public = pairs(ec2, eni)[SECONDARY]
    ec2.assign_private_ip_addresses(NetworkInterfaceId=other, PrivateIpAddresses=[SECONDARY], AllowReassignment=True)
    assert pairs(ec2, eni) == {PRIMARY: None}
    assert pairs(ec2, other) == {"192.168.1.50": None, SECONDARY: public}
    with refused("InvalidParameterValue", "primary"):
        ec2.assign_private_ip_addresses(NetworkInterfaceId=other, PrivateIpAddresses=[PRIMARY], AllowReassignment=True)


def test_unassign_disassociates_and_is_all_or_nothing(ec2: Any, network: Network) -> None:
    eni, eip = make_eni(ec2, network), allocate(ec2)
    ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni, PrivateIpAddress=SECONDARY)
    for wrong in (PRIMARY, "192.168.1.77"):
        with refused("InvalidParameterValue"):
            ec2.unassign_private_ip_addresses(NetworkInterfaceId=eni, PrivateIpAddresses=[SECONDARY, wrong])
    assert len(pairs(ec2, eni)) == 2
    ec2.unassign_private_ip_addresses(NetworkInterfaceId=eni, PrivateIpAddresses=[SECONDARY])
    assert pairs(ec2, eni) == {PRIMARY: None}
    assert "AssociationId" not in ec2.describe_addresses()["Addresses"][0]


def test_unknown_and_foreign_groups_are_refused_and_not_made(ec2: Any, network: Network) -> None:
    foreign = make_network(ec2, "10.8.0.0/24").group
    before = len(ec2.describe_security_groups()["SecurityGroups"])
    for group, code in (("sg-00000000000000000", "InvalidGroup.NotFound"), (foreign, "InvalidParameter")):
        with refused(code, group):
            ec2.create_network_interface(SubnetId=network.subnet, Groups=[group])
    assert len(ec2.describe_security_groups()["SecurityGroups"]) == before


def test_more_groups_than_an_interface_takes_are_refused(ec2: Any, network: Network) -> None:
    groups = [
        ec2.create_security_group(GroupName=f"g{n}", Description="d", VpcId=network.vpc)["GroupId"] for n in range(6)
    ]
    with refused("SecurityGroupsPerInterfaceLimitExceeded"):
        ec2.create_network_interface(SubnetId=network.subnet, Groups=groups)
    ec2.create_network_interface(SubnetId=network.subnet, Groups=groups[:5])


def test_only_one_primary_can_be_named(ec2: Any, network: Network) -> None:
    with refused("InvalidParameterCombination"):
        ec2.create_network_interface(
            SubnetId=network.subnet,
            PrivateIpAddress="192.168.1.50",
            PrivateIpAddresses=[{"PrivateIpAddress": PRIMARY, "Primary": True}],
        )
    with refused("InvalidParameterCombination"):
        ec2.create_network_interface(
            SubnetId=network.subnet,
            PrivateIpAddresses=[{"PrivateIpAddress": PRIMARY, "Primary": False}],
            SecondaryPrivateIpAddressCount=1,
        )


def test_the_primary_comes_first_whatever_the_order_of_the_request(ec2: Any, network: Network) -> None:
    eni = ec2.create_network_interface(
        SubnetId=network.subnet,
        PrivateIpAddresses=[
            {"PrivateIpAddress": SECONDARY, "Primary": False},
            {"PrivateIpAddress": PRIMARY, "Primary": True},
        ],
    )["NetworkInterface"]["NetworkInterfaceId"]
    shown = describe_eni(ec2, eni)
    assert shown["PrivateIpAddress"] == PRIMARY
    assert [entry["Primary"] for entry in shown["PrivateIpAddresses"]] == [True, False]
