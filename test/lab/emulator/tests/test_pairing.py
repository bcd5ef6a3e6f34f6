"""https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html"""

from typing import Any

import pytest

from stack import (
    PRIMARY,
    SECONDARY,
    Network,
    allocate,
    describe,
    describe_eni,
    launch,
    make_eni,
    make_network,
    pairs,
    refused,
    wait_for,
)


@pytest.fixture
def network(ec2: Any) -> Network:
    return make_network(ec2)


@pytest.fixture
def eni(ec2: Any, network: Network) -> str:
    return make_eni(ec2, network)


def associate(ec2: Any, eip: str, eni: str, address: str | None = None, **more: Any) -> str:
    private = {"PrivateIpAddress": address} if address else {}
    return ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni, **private, **more)["AssociationId"]


def public_ip(ec2: Any, eip: str) -> str:
    return ec2.describe_addresses(AllocationIds=[eip])["Addresses"][0]["PublicIp"]


def test_each_eip_shows_on_the_private_address_that_it_was_associated_with(ec2: Any, eni: str) -> None:
    first, second = allocate(ec2), allocate(ec2)
    of_secondary = associate(ec2, second, eni, SECONDARY)
    of_primary = associate(ec2, first, eni, PRIMARY)
    shown = describe_eni(ec2, eni)
    by_address = {entry["PrivateIpAddress"]: entry["Association"] for entry in shown["PrivateIpAddresses"]}
    assert by_address[PRIMARY]["AllocationId"] == first
    assert by_address[PRIMARY]["AssociationId"] == of_primary
    assert by_address[SECONDARY]["AllocationId"] == second
    assert by_address[SECONDARY]["AssociationId"] == of_secondary
    assert shown["Association"] == by_address[PRIMARY]
    addresses = {a["AllocationId"]: a["PrivateIpAddress"] for a in ec2.describe_addresses()["Addresses"]}
    assert addresses == {first: PRIMARY, second: SECONDARY}


def test_an_eip_on_a_secondary_address_alone_leaves_the_primary_without_one(ec2: Any, eni: str) -> None:
    eip = allocate(ec2)
    associate(ec2, eip, eni, SECONDARY)
    assert pairs(ec2, eni) == {PRIMARY: None, SECONDARY: public_ip(ec2, eip)}
    assert "Association" not in describe_eni(ec2, eni)


def test_without_a_private_address_the_eip_lands_on_the_primary(ec2: Any, eni: str) -> None:
    eip = allocate(ec2)
    associate(ec2, eip, eni)
    assert pairs(ec2, eni) == {PRIMARY: public_ip(ec2, eip), SECONDARY: None}


def test_a_repeat_returns_the_same_association(ec2: Any, eni: str) -> None:
    eip = allocate(ec2)
    first = associate(ec2, eip, eni, SECONDARY, AllowReassociation=False)
    assert associate(ec2, eip, eni, SECONDARY, AllowReassociation=False) == first


def test_without_reassociation_nothing_is_taken_from_what_holds_it(ec2: Any, eni: str) -> None:
    first, second = allocate(ec2), allocate(ec2)
    associate(ec2, first, eni, PRIMARY)
    before = pairs(ec2, eni)
    with refused("Resource.AlreadyAssociated"):
        associate(ec2, first, eni, SECONDARY, AllowReassociation=False)
    with refused("Resource.AlreadyAssociated"):
        associate(ec2, second, eni, PRIMARY, AllowReassociation=False)
    assert pairs(ec2, eni) == before


def test_by_default_an_eip_is_moved(ec2: Any, network: Network, eni: str) -> None:
    other = make_eni(ec2, network, "192.168.1.50")
    eip = allocate(ec2)
    associate(ec2, eip, eni, SECONDARY)
    associate(ec2, eip, other)
    assert pairs(ec2, eni) == {PRIMARY: None, SECONDARY: None}
    assert pairs(ec2, other) == {"192.168.1.50": public_ip(ec2, eip)}


def test_by_default_an_address_gets_another_eip_and_the_former_one_stays_allocated(ec2: Any, eni: str) -> None:
    first, second = allocate(ec2), allocate(ec2)
    associate(ec2, first, eni, PRIMARY)
    associate(ec2, second, eni, PRIMARY)
    assert pairs(ec2, eni)[PRIMARY] == public_ip(ec2, second)
    assert "AssociationId" not in ec2.describe_addresses(AllocationIds=[first])["Addresses"][0]


def test_an_address_that_the_interface_does_not_have_is_refused(ec2: Any, eni: str) -> None:
    with refused("InvalidParameterValue", "192.168.1.77"):
        associate(ec2, allocate(ec2), eni, "192.168.1.77")


def test_without_a_gateway_it_is_refused(ec2: Any, network: Network, eni: str) -> None:
    ec2.detach_internet_gateway(InternetGatewayId=network.gateway, VpcId=network.vpc)
    with refused("Gateway.NotAttached", network.vpc):
        associate(ec2, allocate(ec2), eni)


def test_a_pending_instance_is_refused_and_a_running_one_is_not(ec2: Any, eni: str) -> None:
    instance, eip = launch(ec2, eni), allocate(ec2)
    with refused("IncorrectInstanceState", eni):
        associate(ec2, eip, eni)
    with refused("InvalidInstanceID", instance):
        ec2.associate_address(AllocationId=eip, InstanceId=instance)
    wait_for(ec2, "running", instance)
    ec2.associate_address(AllocationId=eip, InstanceId=instance)
    assert describe(ec2, instance)["PublicIpAddress"] == public_ip(ec2, eip)
    assert ec2.describe_addresses()["Addresses"][0]["InstanceId"] == instance


def test_disassociating_one_leaves_the_other(ec2: Any, eni: str) -> None:
    first, second = allocate(ec2), allocate(ec2)
    associate(ec2, first, eni, PRIMARY)
    association = associate(ec2, second, eni, SECONDARY)
    ec2.disassociate_address(AssociationId=association)
    assert pairs(ec2, eni) == {PRIMARY: public_ip(ec2, first), SECONDARY: None}
    with refused("InvalidAssociationID.NotFound"):
        ec2.disassociate_address(AssociationId=association)


def test_the_instance_shows_the_pairs_too(ec2: Any, eni: str) -> None:
    eip = allocate(ec2)
    associate(ec2, eip, eni, SECONDARY)
    shown = describe(ec2, launch(ec2, eni))["NetworkInterfaces"][0]["PrivateIpAddresses"]
    assert [(e["PrivateIpAddress"], e["Primary"], "Association" in e) for e in shown] == [
        (PRIMARY, True, False),
        (SECONDARY, False, True),
    ]


def test_it_needs_an_address_and_a_target(ec2: Any, eni: str) -> None:
    with refused("MissingParameter"):
        ec2.associate_address(NetworkInterfaceId=eni)
    with refused("MissingParameter"):
        ec2.associate_address(AllocationId=allocate(ec2))
    with refused("InvalidAllocationID.NotFound"):
        associate(ec2, "eipalloc-00000000000000000", eni)
    with refused("InvalidNetworkInterfaceID.NotFound"):
        associate(ec2, allocate(ec2), "eni-00000000000000000")
