"""Pages, filters, tags and fields of the describes.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
"""

from typing import Any

import pytest

from stack import PRIMARY, SECONDARY, Network, allocate, describe_eni, launch, make_eni, make_network, refused


@pytest.fixture
def network(ec2: Any) -> Network:
    return make_network(ec2)


def ids(items: list[dict[str, Any]], key: str) -> list[str]:
    return [item[key] for item in items]


@pytest.mark.parametrize(
    ("action", "items", "key", "make"),
    [
        ("describe_vpcs", "Vpcs", "VpcId", lambda ec2, n, _: ec2.create_vpc(CidrBlock=f"10.{n}.0.0/16")),
        (
            "describe_security_groups",
            "SecurityGroups",
            "GroupId",
            lambda ec2, n, net: ec2.create_security_group(GroupName=f"g{n}", Description="d", VpcId=net.vpc),
        ),
        (
            "describe_network_interfaces",
            "NetworkInterfaces",
            "NetworkInterfaceId",
            lambda ec2, _, net: ec2.create_network_interface(SubnetId=net.subnet),
        ),
        (
            "describe_route_tables",
            "RouteTables",
            "RouteTableId",
            lambda ec2, _, net: ec2.create_route_table(VpcId=net.vpc),
        ),
        (
            "describe_internet_gateways",
            "InternetGateways",
            "InternetGatewayId",
            lambda ec2, _, __: ec2.create_internet_gateway(),
        ),
    ],
)
def test_pages_hold_everything_once(ec2: Any, network: Network, action: str, items: str, key: str, make: Any) -> None:
    for n in range(12):
        make(ec2, n, network)
    everything = ids(getattr(ec2, action)()[items], key)
    pages = list(ec2.get_paginator(action).paginate(PaginationConfig={"PageSize": 5}))
    assert [len(page[items]) for page in pages[:-1]] == [5] * (len(pages) - 1)
    assert [i for page in pages for i in ids(page[items], key)] == everything
    assert len(everything) >= 12
    assert "NextToken" not in pages[-1]


def test_instances_are_paged_only_on_request(ec2: Any, network: Network) -> None:
    for _ in range(7):
        launch(ec2, SubnetId=network.subnet)
    assert len(ec2.describe_instances()["Reservations"]) == 7
    first = ec2.describe_instances(MaxResults=5)
    rest = ec2.describe_instances(MaxResults=5, NextToken=first["NextToken"])
    assert (len(first["Reservations"]), len(rest["Reservations"])) == (5, 2)


def test_instance_types_come_a_hundred_at_a_time(ec2: Any) -> None:
    first = ec2.describe_instance_types()
    assert len(first["InstanceTypes"]) == 100
    second = ec2.describe_instance_types(NextToken=first["NextToken"])
    assert not set(ids(first["InstanceTypes"], "InstanceType")) & set(ids(second["InstanceTypes"], "InstanceType"))


def test_page_sizes_and_tokens_are_checked(ec2: Any, network: Network) -> None:
    for size in (4, 1001):
        with refused("InvalidParameterValue", "maxResults"):
            ec2.describe_network_interfaces(MaxResults=size)
    with refused("InvalidParameterValue", "maxResults"):
        ec2.describe_instance_types(MaxResults=101)
    with refused("InvalidPaginationToken"):
        ec2.describe_vpcs(NextToken="nonsense")
    with refused("InvalidParameterCombination"):
        ec2.describe_network_interfaces(MaxResults=5, NetworkInterfaceIds=[make_eni(ec2, network)])


def found_enis(ec2: Any, name: str, *values: str) -> list[str]:
    found = ec2.describe_network_interfaces(Filters=[{"Name": name, "Values": list(values)}])
    return sorted(ids(found["NetworkInterfaces"], "NetworkInterfaceId"))


def test_interfaces_are_found_by_what_is_theirs(ec2: Any, network: Network) -> None:
    eni, other = make_eni(ec2, network), make_eni(ec2, network, "192.168.1.50")
    eip = allocate(ec2)
    association = ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni, PrivateIpAddress=SECONDARY)
    instance = launch(ec2, eni)
    shown = describe_eni(ec2, eni)
    public = shown["PrivateIpAddresses"][1]["Association"]["PublicIp"]
    for name, value in {
        "addresses.association.public-ip": public,
        "addresses.private-ip-address": SECONDARY,
        "association.allocation-id": eip,
        "association.association-id": association["AssociationId"],
        "attachment.attachment-id": shown["Attachment"]["AttachmentId"],
        "attachment.delete-on-termination": "false",
        "attachment.device-index": "0",
        "attachment.instance-id": instance,
        "attachment.status": "attached",
        "mac-address": shown["MacAddress"],
        "network-interface-id": eni,
        "private-ip-address": PRIMARY,
        "status": "in-use",
    }.items():
        assert found_enis(ec2, name, value) == [eni], name
        assert found_enis(ec2, name, "nothing") == [], name
    for name, value in {
        "addresses.primary": "true",
        "availability-zone": "us-east-1a",
        "group-id": network.group,
        "interface-type": "interface",
        "owner-id": "123456789012",
        "requester-managed": "false",
        "source-dest-check": "true",
        "subnet-id": network.subnet,
        "vpc-id": network.vpc,
    }.items():
        assert found_enis(ec2, name, value) == sorted([eni, other]), name
    assert found_enis(ec2, "association.public-ip", public) == []
    assert found_enis(ec2, "requester-id", "*") == []


def test_addresses_are_found_by_what_is_theirs(ec2: Any, network: Network) -> None:
    eni, eip = make_eni(ec2, network), allocate(ec2)
    allocate(ec2)
    ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni, PrivateIpAddress=SECONDARY)
    instance = launch(ec2, eni)
    shown = ec2.describe_addresses(AllocationIds=[eip])["Addresses"][0]
    for name, value in {
        "allocation-id": eip,
        "association-id": shown["AssociationId"],
        "instance-id": instance,
        "network-interface-id": eni,
        "network-interface-owner-id": "123456789012",
        "private-ip-address": SECONDARY,
        "public-ip": shown["PublicIp"],
    }.items():
        found = ec2.describe_addresses(Filters=[{"Name": name, "Values": [value]}])["Addresses"]
        assert ids(found, "AllocationId") == [eip], name


@pytest.mark.parametrize(
    "action",
    [
        "describe_addresses",
        "describe_instances",
        "describe_internet_gateways",
        "describe_network_interfaces",
        "describe_route_tables",
        "describe_security_groups",
        "describe_subnets",
        "describe_vpcs",
    ],
)
def test_a_filter_that_is_none_is_refused(ec2: Any, action: str) -> None:
    with refused("InvalidParameterValue", "bogus"):
        getattr(ec2, action)(Filters=[{"Name": "bogus", "Values": ["x"]}])
    getattr(ec2, action)(Filters=[{"Name": "tag:plan", "Values": ["x"]}])


def test_each_thing_shows_its_own_tags(ec2: Any, network: Network) -> None:
    made = {}
    for plan in ("1", "2"):
        tags = [{"ResourceType": "network-interface", "Tags": [{"Key": "plan", "Value": plan}]}]
        answer = ec2.create_network_interface(SubnetId=network.subnet, TagSpecifications=tags)
        made[plan] = answer["NetworkInterface"]["NetworkInterfaceId"]
    for plan, eni in made.items():
        assert describe_eni(ec2, eni)["TagSet"] == [{"Key": "plan", "Value": plan}]
        assert found_enis(ec2, "tag:plan", plan) == [eni]
    assert found_enis(ec2, "tag:plan", "*") == sorted(made.values())
    assert found_enis(ec2, "tag-key", "plan") == sorted(made.values())
    ec2.delete_tags(Resources=[made["1"]], Tags=[{"Key": "plan"}])
    assert describe_eni(ec2, made["1"])["TagSet"] == []


def test_unset_fields_are_absent(ec2: Any, network: Network) -> None:
    shown = describe_eni(ec2, make_eni(ec2, network))
    assert not set(shown) & {"Attachment", "Association", "RequesterId"}
    assert shown["Description"] == ""
    launch(ec2, SubnetId=network.subnet)
    [reservation] = ec2.describe_instances()["Reservations"]
    [instance] = reservation["Instances"]
    assert not set(instance) & {"KeyName", "Platform", "PublicIpAddress", "RamdiskId", "StateReason"}
    assert "GroupName" not in instance["Placement"]
    assert "Association" not in instance["NetworkInterfaces"][0]


def test_a_group_leaves_an_attached_interface(ec2: Any, network: Network) -> None:
    other = ec2.create_security_group(GroupName="other", Description="d", VpcId=network.vpc)["GroupId"]
    eni = make_eni(ec2, network)
    instance = launch(ec2, eni)
    ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, Groups=[other])
    assert ids(describe_eni(ec2, eni)["Groups"], "GroupId") == [other]
    ec2.modify_instance_attribute(InstanceId=instance, Groups=[network.group])
    assert ids(describe_eni(ec2, eni)["Groups"], "GroupId") == [network.group]
    for change in (
        lambda: ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, Groups=["sg-00000000000000000"]),
        lambda: ec2.modify_instance_attribute(InstanceId=instance, Groups=["sg-00000000000000000"]),
    ):
        with refused("InvalidGroup.NotFound"):
            change()


def test_instances_are_found_by_their_interfaces_and_token(ec2: Any, network: Network) -> None:
    eni, eip = make_eni(ec2, network), ec2.allocate_address()
    ec2.associate_address(AllocationId=eip["AllocationId"], NetworkInterfaceId=eni, PrivateIpAddress=SECONDARY)
    instance = launch(ec2, eni, ClientToken="the plan's step")
    launch(ec2, SubnetId=network.subnet, ClientToken="another")
    for name, value in {
        "client-token": "the plan's step",
        "network-interface.addresses.association.public-ip": eip["PublicIp"],
        "network-interface.addresses.private-ip-address": "*.101",
        "network-interface.group-id": network.group,
        "network-interface.network-interface-id": eni,
    }.items():
        filters = [{"Name": name, "Values": [value]}, {"Name": "vpc-id", "Values": [network.vpc]}]
        [reservation] = ec2.describe_instances(Filters=filters)["Reservations"]
        assert ids(reservation["Instances"], "InstanceId") == [instance], name
