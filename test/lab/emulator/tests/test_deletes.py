"""https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"""

from typing import Any

import pytest

from stack import Network, allocate, launch, make_eni, make_network, refused, wait_for


@pytest.fixture
def network(ec2: Any) -> Network:
    return make_network(ec2)


def delete_down_to_the_vpc(ec2: Any, network: Network, keep: str) -> None:
    """Delete everything of the network except the part named ``keep``."""
    if keep != "gateway":
        ec2.detach_internet_gateway(InternetGatewayId=network.gateway, VpcId=network.vpc)
        ec2.delete_internet_gateway(InternetGatewayId=network.gateway)
    if keep != "group":
        ec2.delete_security_group(GroupId=network.group)
    if keep != "subnet":
        ec2.delete_subnet(SubnetId=network.subnet)


@pytest.mark.parametrize("part", ["gateway", "group", "subnet"])
def test_a_vpc_with_a_part_left_is_refused(ec2: Any, network: Network, part: str) -> None:
    delete_down_to_the_vpc(ec2, network, keep=part)
    with refused("DependencyViolation", network.vpc):
        ec2.delete_vpc(VpcId=network.vpc)
    assert ec2.describe_vpcs(VpcIds=[network.vpc])["Vpcs"]


@pytest.mark.parametrize("kind", ["route table", "ACL"])
def test_a_vpc_with_another_table_or_acl_is_refused(ec2: Any, network: Network, kind: str) -> None:
    delete_down_to_the_vpc(ec2, network, keep="nothing")
    if kind == "ACL":
        ec2.create_network_acl(VpcId=network.vpc)
    else:
        ec2.create_route_table(VpcId=network.vpc)
    with refused("DependencyViolation", network.vpc):
        ec2.delete_vpc(VpcId=network.vpc)


def test_an_empty_vpc_goes_with_its_default_group_acl_and_table(ec2: Any, lab: Any) -> None:
    before = lab.state()
    network = make_network(ec2)
    delete_down_to_the_vpc(ec2, network, keep="nothing")
    ec2.delete_vpc(VpcId=network.vpc)
    assert {**lab.state(), "version": 0} == {**before, "version": 0}


def test_a_subnet_with_an_interface_is_refused(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network)
    with refused("DependencyViolation", network.subnet):
        ec2.delete_subnet(SubnetId=network.subnet)
    ec2.delete_network_interface(NetworkInterfaceId=eni)
    ec2.delete_subnet(SubnetId=network.subnet)


def test_a_subnet_takes_its_route_table_association_along(ec2: Any, network: Network) -> None:
    table = ec2.create_route_table(VpcId=network.vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=network.subnet)
    with refused("DependencyViolation", table):
        ec2.delete_route_table(RouteTableId=table)
    ec2.delete_subnet(SubnetId=network.subnet)
    ec2.delete_route_table(RouteTableId=table)


def test_a_group_in_use_by_an_interface_or_a_rule_is_refused(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network)
    with refused("DependencyViolation", network.group):
        ec2.delete_security_group(GroupId=network.group)
    ec2.delete_network_interface(NetworkInterfaceId=eni)
    other = ec2.create_security_group(GroupName="other", Description="d", VpcId=network.vpc)["GroupId"]
    permission = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": [{"GroupId": network.group}]}
    ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=[permission])
    with refused("DependencyViolation", network.group):
        ec2.delete_security_group(GroupId=network.group)
    ec2.delete_security_group(GroupId=other)
    ec2.delete_security_group(GroupId=network.group)


def test_the_default_group_is_refused(ec2: Any, network: Network) -> None:
    name = [{"Name": "vpc-id", "Values": [network.vpc]}, {"Name": "group-name", "Values": ["default"]}]
    default = ec2.describe_security_groups(Filters=name)["SecurityGroups"][0]["GroupId"]
    with refused("CannotDelete", default):
        ec2.delete_security_group(GroupId=default)


def test_the_main_route_table_and_the_default_acl_are_refused(ec2: Any, network: Network) -> None:
    with refused("DependencyViolation", network.table):
        ec2.delete_route_table(RouteTableId=network.table)
    of_vpc = [{"Name": "vpc-id", "Values": [network.vpc]}]
    acl = ec2.describe_network_acls(Filters=of_vpc)["NetworkAcls"][0]["NetworkAclId"]
    with refused("CannotDelete", acl):
        ec2.delete_network_acl(NetworkAclId=acl)


def test_a_gateway_stays_while_an_address_is_mapped(ec2: Any, network: Network) -> None:
    eni, eip = make_eni(ec2, network), allocate(ec2)
    association = ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni)["AssociationId"]
    with refused("DependencyViolation", "mapped public address"):
        ec2.detach_internet_gateway(InternetGatewayId=network.gateway, VpcId=network.vpc)
    with refused("DependencyViolation", network.gateway):
        ec2.delete_internet_gateway(InternetGatewayId=network.gateway)
    ec2.disassociate_address(AssociationId=association)
    ec2.detach_internet_gateway(InternetGatewayId=network.gateway, VpcId=network.vpc)
    with refused("Gateway.NotAttached"):
        ec2.detach_internet_gateway(InternetGatewayId=network.gateway, VpcId=network.vpc)


def test_an_attached_interface_is_refused(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network)
    wait_for(ec2, "running", launch(ec2, eni))
    with refused("InvalidNetworkInterface.InUse", eni):
        ec2.delete_network_interface(NetworkInterfaceId=eni)


def test_a_deleted_interface_leaves_its_eip_idle(ec2: Any, network: Network) -> None:
    eni, eip = make_eni(ec2, network), allocate(ec2)
    ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni)
    ec2.delete_network_interface(NetworkInterfaceId=eni)
    assert "AssociationId" not in ec2.describe_addresses(AllocationIds=[eip])["Addresses"][0]
    ec2.release_address(AllocationId=eip)
