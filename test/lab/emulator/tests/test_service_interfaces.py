"""https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html"""

from typing import Any

import pytest

from conftest import Lab
from stack import Network, allocate, describe_eni, launch, make_eni, make_network, pairs, refused


@pytest.fixture
def network(ec2: Any) -> Network:
    return make_network(ec2)


def eips(ec2: Any) -> dict[str, str | None]:
    return {eip["AllocationId"]: eip.get("NetworkInterfaceId") for eip in ec2.describe_addresses()["Addresses"]}


def make_nat_gateway(ec2: Any, network: Network) -> tuple[str, str, str]:
    eip = allocate(ec2)
    made = ec2.create_nat_gateway(SubnetId=network.subnet, AllocationId=eip)["NatGateway"]
    gateway = made["NatGatewayId"]
    shown = ec2.describe_nat_gateways(NatGatewayIds=[gateway])["NatGateways"][0]
    return gateway, eip, shown["NatGatewayAddresses"][0]["NetworkInterfaceId"]


def test_a_nat_gateway_has_an_interface_of_its_own(ec2: Any, network: Network) -> None:
    gateway, eip, eni = make_nat_gateway(ec2, network)
    shown = describe_eni(ec2, eni)
    assert shown["InterfaceType"] == "nat_gateway"
    assert shown["RequesterManaged"] is True
    assert shown["Description"] == f"Interface for NAT Gateway {gateway}"
    assert shown["Status"] == "in-use"
    assert shown["Attachment"]["InstanceOwnerId"] == "amazon-aws"
    assert "InstanceId" not in shown["Attachment"]
    assert shown["PrivateIpAddress"].startswith("192.168.1.")
    assert eips(ec2) == {eip: eni}


def test_nobody_touches_the_interface_of_a_nat_gateway(ec2: Any, network: Network) -> None:
    _, eip, eni = make_nat_gateway(ec2, network)
    association = ec2.describe_addresses()["Addresses"][0]["AssociationId"]
    with refused("InvalidNetworkInterface.InUse"):
        ec2.delete_network_interface(NetworkInterfaceId=eni)
    with refused("AuthFailure"):
        ec2.disassociate_address(AssociationId=association)
    with refused("InvalidIPAddress.InUse"):
        ec2.release_address(AllocationId=eip)
    with refused("AuthFailure"):
        ec2.assign_private_ip_addresses(NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=1)
    with refused("AuthFailure"):
        ec2.attach_network_interface(NetworkInterfaceId=eni, InstanceId=launch(ec2), DeviceIndex=1)
    with refused("AuthFailure"):
        ec2.associate_address(AllocationId=eip, NetworkInterfaceId=make_eni(ec2, network), AllowReassociation=True)
    assert eips(ec2) == {eip: eni}


def test_an_elastic_ip_in_use_is_not_taken_by_a_nat_gateway(ec2: Any, network: Network) -> None:
    eni, eip = make_eni(ec2, network), allocate(ec2)
    ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni)
    with refused("Resource.AlreadyAssociated"):
        ec2.create_nat_gateway(SubnetId=network.subnet, AllocationId=eip)
    assert eips(ec2) == {eip: eni}
    assert len(ec2.describe_network_interfaces()["NetworkInterfaces"]) == 1


def test_a_deleted_nat_gateway_takes_its_interface_away_and_keeps_the_elastic_ip(ec2: Any, network: Network) -> None:
    gateway, eip, _ = make_nat_gateway(ec2, network)
    with refused("DependencyViolation"):
        ec2.delete_subnet(SubnetId=network.subnet)
    ec2.delete_nat_gateway(NatGatewayId=gateway)
    assert eips(ec2) == {eip: None}
    ec2.delete_subnet(SubnetId=network.subnet)
    with refused("NatGatewayNotFound"):
        ec2.delete_nat_gateway(NatGatewayId="nat-00000000000000000")


def test_a_load_balancer_has_an_interface_in_its_subnet(lab: Lab, ec2: Any, network: Network) -> None:
    elb = lab.client("elbv2")
    made = elb.create_load_balancer(
        Name="front", Type="application", Subnets=[network.subnet], SecurityGroups=[network.group]
    )["LoadBalancers"][0]
    (shown,) = ec2.describe_network_interfaces()["NetworkInterfaces"]
    assert (shown["InterfaceType"], shown["RequesterManaged"]) == ("interface", True)
    assert shown["RequesterId"] == "amazon-elb"
    assert shown["Description"].startswith("ELB app/front/")
    assert [group["GroupId"] for group in shown["Groups"]] == [network.group]
    with refused("DependencyViolation"):
        ec2.delete_security_group(GroupId=network.group)
    with refused("InvalidNetworkInterface.InUse"):
        ec2.delete_network_interface(NetworkInterfaceId=shown["NetworkInterfaceId"])
    elb.delete_load_balancer(LoadBalancerArn=made["LoadBalancerArn"])
    assert ec2.describe_network_interfaces()["NetworkInterfaces"] == []


def test_a_network_load_balancer_holds_the_elastic_ips_that_it_is_given(lab: Lab, ec2: Any, network: Network) -> None:
    eip = allocate(ec2)
    mapping = [{"SubnetId": network.subnet, "AllocationId": eip}]
    lab.client("elbv2").create_load_balancer(Name="front", Type="network", SubnetMappings=mapping)
    (shown,) = ec2.describe_network_interfaces()["NetworkInterfaces"]
    assert shown["InterfaceType"] == "network_load_balancer"
    assert shown["Description"].startswith("ELB net/front/")
    public_ip = ec2.describe_addresses()["Addresses"][0]["PublicIp"]
    assert list(pairs(ec2, shown["NetworkInterfaceId"]).values()) == [public_ip]
    assert eips(ec2) == {eip: shown["NetworkInterfaceId"]}
