"""https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html"""

from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from botocore.exceptions import ClientError

from stack import allocate, launch, make_eni, make_network, refused, wait_for


def test_addresses_come_from_the_documentation_range_and_differ(ec2: Any, lab: Any) -> None:
    lab.post("quota", vpcMaxElasticIps=200)
    given = {ec2.allocate_address()["PublicIp"] for _ in range(60)}
    assert len(given) == 60
    assert all(IPv4Address(address) in IPv4Network("198.51.100.0/24") for address in given)


def test_two_regions_never_have_the_same_address(ec2: Any, lab: Any) -> None:
    lab.post("quota", vpcMaxElasticIps=254)
    other = lab.client(region="eu-west-1")
    for _ in range(200):
        ec2.allocate_address()
    for _ in range(54):
        other.allocate_address()
    given = {a["PublicIp"] for client in (ec2, other) for a in client.describe_addresses()["Addresses"]}
    assert len(given) == 254
    with refused("InsufficientAddressCapacity"):
        ec2.allocate_address()


def test_the_quota_is_five_and_is_told(ec2: Any) -> None:
    for _ in range(5):
        allocate(ec2)
    with refused("AddressLimitExceeded"):
        allocate(ec2)
    told = ec2.describe_account_attributes(AttributeNames=["vpc-max-elastic-ips"])["AccountAttributes"]
    assert told == [{"AttributeName": "vpc-max-elastic-ips", "AttributeValues": [{"AttributeValue": "5"}]}]


def test_the_quota_holds_for_calls_side_by_side(ec2: Any) -> None:
    def attempt(_: int) -> str:
        try:
            return allocate(ec2)
        except ClientError as error:
            return error.response["Error"]["Code"]

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(attempt, range(20)))
    assert outcomes.count("AddressLimitExceeded") == 15


def test_only_what_was_released_can_be_recovered(ec2: Any) -> None:
    with refused("InvalidAddress.NotFound"):
        ec2.allocate_address(Address="198.51.100.77")
    eip = ec2.allocate_address()
    with refused("InvalidAddress.NotFound"):
        ec2.allocate_address(Address=eip["PublicIp"])
    ec2.release_address(AllocationId=eip["AllocationId"])
    again = ec2.allocate_address(Address=eip["PublicIp"])
    assert again["PublicIp"] == eip["PublicIp"]
    assert again["AllocationId"] != eip["AllocationId"]


def test_release_refuses_what_is_associated_and_what_is_not_there(ec2: Any) -> None:
    eni, eip = make_eni(ec2, make_network(ec2)), allocate(ec2)
    association = ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni)["AssociationId"]
    with refused("InvalidIPAddress.InUse"):
        ec2.release_address(AllocationId=eip)
    ec2.disassociate_address(AssociationId=association)
    ec2.release_address(AllocationId=eip)
    with refused("InvalidAllocationID.NotFound"):
        ec2.release_address(AllocationId=eip)
    assert ec2.describe_addresses()["Addresses"] == []


def test_an_idle_address_has_no_fields_of_an_association(ec2: Any) -> None:
    allocate(ec2)
    shown = set(ec2.describe_addresses()["Addresses"][0])
    assert not shown & {"AssociationId", "InstanceId", "NetworkInterfaceId", "PrivateIpAddress"}


def test_tags_go_with_the_address(ec2: Any) -> None:
    tags = [{"ResourceType": "elastic-ip", "Tags": [{"Key": "plan", "Value": "1"}]}]
    eip = ec2.allocate_address(TagSpecifications=tags)["AllocationId"]
    found = ec2.describe_addresses(Filters=[{"Name": "tag:plan", "Values": ["1"]}])["Addresses"]
    assert [address["AllocationId"] for address in found] == [eip]
    ec2.release_address(AllocationId=eip)
    assert ec2.describe_tags()["Tags"] == []


def test_an_automatic_public_address_comes_from_the_range_and_gives_way_to_an_eip(ec2: Any) -> None:
    network = make_network(ec2)
    ec2.modify_subnet_attribute(SubnetId=network.subnet, MapPublicIpOnLaunch={"Value": True})
    instance = launch(ec2, SubnetId=network.subnet)
    shown = wait_for(ec2, "running", instance)
    assert IPv4Address(shown["PublicIpAddress"]) in IPv4Network("198.51.100.0/24")
    eip = ec2.allocate_address()
    ec2.associate_address(AllocationId=eip["AllocationId"], InstanceId=instance)
    assert wait_for(ec2, "running", instance)["PublicIpAddress"] == eip["PublicIp"]
