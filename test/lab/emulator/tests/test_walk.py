from typing import Any

from stack import PRIMARY, SECONDARY, allocate, describe, launch, make_network, pairs, refused, wait_for


def test_the_whole_walk_and_back_leaves_what_was_there_before(ec2: Any, lab: Any) -> None:
    before = lab.state()
    network = make_network(ec2)
    ec2.authorize_security_group_ingress(
        GroupId=network.group,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
            for port in (22, 25, 80)
        ],
    )
    eni = ec2.create_network_interface(
        SubnetId=network.subnet,
        PrivateIpAddress=PRIMARY,
        Groups=[network.group],
        Description="ENI-01 for standalone",
        TagSpecifications=[{"ResourceType": "network-interface", "Tags": [{"Key": "plan", "Value": "1"}]}],
    )["NetworkInterface"]["NetworkInterfaceId"]
    ec2.assign_private_ip_addresses(NetworkInterfaceId=eni, PrivateIpAddresses=[SECONDARY])
    eips = {address: allocate(ec2) for address in (PRIMARY, SECONDARY)}
    for address, eip in eips.items():
        ec2.associate_address(
            AllocationId=eip, NetworkInterfaceId=eni, PrivateIpAddress=address, AllowReassociation=False
        )
    ec2.create_key_pair(KeyName="walk")
    instance = launch(ec2, eni, KeyName="walk", InstanceInitiatedShutdownBehavior="stop")
    shown = wait_for(ec2, "running", instance)

    public = {a["AllocationId"]: a["PublicIp"] for a in ec2.describe_addresses()["Addresses"]}
    assert pairs(ec2, eni) == {address: public[eip] for address, eip in eips.items()}
    assert shown["PublicIpAddress"] == public[eips[PRIMARY]]
    assert [group["GroupId"] for group in shown["SecurityGroups"]] == [network.group]

    ec2.terminate_instances(InstanceIds=[instance])
    wait_for(ec2, "terminated", instance)
    for address in ec2.describe_addresses()["Addresses"]:
        ec2.disassociate_address(AssociationId=address["AssociationId"])
        ec2.release_address(AllocationId=address["AllocationId"])
    ec2.delete_network_interface(NetworkInterfaceId=eni)
    ec2.delete_security_group(GroupId=network.group)
    ec2.delete_route(RouteTableId=network.table, DestinationCidrBlock="0.0.0.0/0")
    ec2.detach_internet_gateway(InternetGatewayId=network.gateway, VpcId=network.vpc)
    ec2.delete_internet_gateway(InternetGatewayId=network.gateway)
    ec2.delete_subnet(SubnetId=network.subnet)
    ec2.delete_vpc(VpcId=network.vpc)
    ec2.delete_key_pair(KeyName="walk")

    after = lab.state()
    assert [i["State"]["Name"] for i in after["Instances"]] == ["terminated"]
    assert {**after, "Instances": [], "version": 0} == {**before, "version": 0}


def test_launch_is_refused_as_in_the_walk_until_only_the_interface_is_named(ec2: Any) -> None:
    network = make_network(ec2)
    eni = ec2.create_network_interface(SubnetId=network.subnet)["NetworkInterface"]["NetworkInterfaceId"]
    with refused("InvalidParameterCombination", "subnet"):
        launch(ec2, eni, SubnetId=network.subnet)
    with refused("InvalidParameterCombination", "security groups"):
        launch(ec2, eni, SecurityGroupIds=[network.group])
    assert ec2.describe_instances()["Reservations"] == []
    assert describe(ec2, launch(ec2, eni))["State"]["Name"] == "pending"
