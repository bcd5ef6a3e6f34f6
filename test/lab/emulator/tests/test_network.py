"""Routes, subnets, reverse DNS, key pairs and the console.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyAddressAttribute.html
"""

import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from stack import allocate, launch, make_network, refused


def route_state(ec2: Any, table: str) -> str:
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    return next(route["State"] for route in routes if route["DestinationCidrBlock"] == "0.0.0.0/0")


def test_a_route_to_a_detached_gateway_is_a_blackhole(ec2: Any) -> None:
    network = make_network(ec2)
    assert route_state(ec2, network.table) == "active"
    attachment = {"InternetGatewayId": network.gateway, "VpcId": network.vpc}
    ec2.detach_internet_gateway(**attachment)
    assert route_state(ec2, network.table) == "blackhole"
    ec2.attach_internet_gateway(**attachment)
    assert route_state(ec2, network.table) == "active"
    ec2.detach_internet_gateway(**attachment)
    ec2.delete_internet_gateway(InternetGatewayId=network.gateway)
    assert route_state(ec2, network.table) == "blackhole"


def test_a_route_to_a_gateway_of_another_network_is_refused(ec2: Any) -> None:
    table, other = make_network(ec2).table, make_network(ec2, "10.8.0.0/24").gateway
    with refused("InvalidParameterValue", "different networks"):
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="10.0.0.0/8", GatewayId=other)


@pytest.mark.parametrize("cidr", ["192.168.1.0/29", "192.168.1.0/32"])
def test_a_subnet_smaller_than_28_is_refused(ec2: Any, cidr: str) -> None:
    vpc = ec2.create_vpc(CidrBlock="192.168.1.0/24")["Vpc"]["VpcId"]
    with refused("InvalidSubnet.Range", cidr):
        ec2.create_subnet(VpcId=vpc, CidrBlock=cidr)


def test_a_subnet_of_an_own_vpc_is_no_default_and_gives_no_public_address(ec2: Any) -> None:
    subnet = ec2.describe_subnets(SubnetIds=[make_network(ec2).subnet])["Subnets"][0]
    assert (subnet["DefaultForAz"], subnet["MapPublicIpOnLaunch"]) == (False, False)
    defaults = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    assert len(defaults) >= 3


def ptr(ec2: Any, eip: str) -> dict[str, Any]:
    return ec2.describe_addresses_attribute(Attribute="domain-name", AllocationIds=[eip])["Addresses"][0]


def wait_for_ptr(ec2: Any, eip: str, record: str | None) -> None:
    while (shown := ptr(ec2, eip)).get("PtrRecord") != record or "PtrRecordUpdate" in shown:
        time.sleep(0.02)


def test_a_reverse_dns_name_is_pending_first_and_locks_the_address(ec2: Any) -> None:
    eip = allocate(ec2)
    assert not set(ptr(ec2, eip)) & {"PtrRecord", "PtrRecordUpdate"}
    answer = ec2.modify_address_attribute(AllocationId=eip, DomainName="mail.example.com")["Address"]
    assert answer["PtrRecordUpdate"] == {"Value": "mail.example.com.", "Status": "PENDING"}
    wait_for_ptr(ec2, eip, "mail.example.com.")
    with refused("InvalidAddress.Locked"):
        ec2.release_address(AllocationId=eip)
    ec2.reset_address_attribute(AllocationId=eip, Attribute="domain-name")
    wait_for_ptr(ec2, eip, None)
    ec2.release_address(AllocationId=eip)


@pytest.mark.parametrize("name", ["", "no dots", "-a.example.com", "a..example.com", "198.51.100.1"])
def test_a_name_that_is_none_is_refused(ec2: Any, name: str) -> None:
    with refused("InvalidParameterValue"):
        ec2.modify_address_attribute(AllocationId=allocate(ec2), DomainName=name)


def test_an_imported_public_key_can_be_read_back(ec2: Any, lab: Any) -> None:
    key = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    ec2.import_key_pair(KeyName="walk", PublicKeyMaterial=key)
    [held] = lab.state()["KeyPairs"]
    assert (held["KeyName"], held["PublicKey"]) == ("walk", key.decode())
    [shown] = ec2.describe_key_pairs(KeyNames=["walk"], IncludePublicKey=True)["KeyPairs"]
    assert shown["PublicKey"] == key.decode()
    assert "PublicKey" not in ec2.describe_key_pairs()["KeyPairs"][0]
    with refused("InvalidKeyPair.NotFound", "'other'"):
        ec2.describe_key_pairs(KeyNames=["walk", "other"])


def test_a_key_pair_is_found_and_deleted_by_its_id(ec2: Any) -> None:
    key = ec2.create_key_pair(KeyName="walk")["KeyPairId"]
    ec2.create_key_pair(KeyName="other")
    assert [pair["KeyName"] for pair in ec2.describe_key_pairs(KeyPairIds=[key])["KeyPairs"]] == ["walk"]
    ec2.delete_key_pair(KeyPairId=key)
    assert [pair["KeyName"] for pair in ec2.describe_key_pairs()["KeyPairs"]] == ["other"]
    with refused("InvalidKeyPair.NotFound", key):
        ec2.delete_key_pair(KeyPairId=key)
    ec2.delete_key_pair(KeyName="walk")


def test_the_console_shows_what_the_lab_set(ec2: Any, lab: Any) -> None:
    instance = launch(ec2, SubnetId=make_network(ec2).subnet)
    assert "Output" not in ec2.get_console_output(InstanceId=instance)
    lab.post("console", instanceId=instance, text="-----BEGIN SSH HOST KEY FINGERPRINTS-----\n256 SHA256:ä\n")
    assert ec2.get_console_output(InstanceId=instance)["Output"].endswith("256 SHA256:ä\n")
    lab.post("console", instanceId=instance, text="x" * 70_000)
    assert len(ec2.get_console_output(InstanceId=instance)["Output"]) == 65_536
