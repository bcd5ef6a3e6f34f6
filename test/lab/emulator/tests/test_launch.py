"""https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html"""

from typing import Any

import pytest

from stack import (
    IMAGE,
    PRIMARY,
    SECONDARY,
    Network,
    describe,
    describe_eni,
    launch,
    make_eni,
    make_network,
    refused,
    wait_for,
)


@pytest.fixture
def network(ec2: Any) -> Network:
    return make_network(ec2)


def test_an_interface_in_use_is_refused(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network)
    launch(ec2, eni)
    with refused("InvalidNetworkInterface.InUse", eni):
        launch(ec2, eni)


def test_more_addresses_than_the_type_takes_are_refused(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network, PRIMARY, SECONDARY, "192.168.1.102")
    with refused("InvalidInterface.IpAddressLimitExceeded", "t3.micro"):
        launch(ec2, eni)
    assert describe_eni(ec2, eni)["Status"] == "available"
    launch(ec2, eni, InstanceType="t3.small")


@pytest.mark.parametrize(
    ("request_part", "code"),
    [
        ({"ImageId": "ami-00000000000000000"}, "InvalidAMIID.NotFound"),
        ({"KeyName": "unknown"}, "InvalidKeyPair.NotFound"),
        ({"InstanceType": "t3.gigantic"}, "InvalidParameterValue"),
        ({"SecurityGroupIds": ["sg-00000000000000000"]}, "InvalidGroup.NotFound"),
    ],
)
def test_a_wrong_launch_leaves_nothing_behind(ec2: Any, network: Network, request_part: Any, code: str) -> None:
    with refused(code):
        launch(ec2, SubnetId=network.subnet, **request_part)
    assert ec2.describe_network_interfaces()["NetworkInterfaces"] == []
    assert ec2.describe_instances()["Reservations"] == []


def test_the_launch_makes_the_interface_with_its_secondary_address(ec2: Any, network: Network) -> None:
    spec = {
        "DeviceIndex": 0,
        "SubnetId": network.subnet,
        "Groups": [network.group],
        "PrivateIpAddresses": [
            {"PrivateIpAddress": PRIMARY, "Primary": True},
            {"PrivateIpAddress": SECONDARY, "Primary": False},
        ],
    }
    shown = describe(ec2, launch(ec2, NetworkInterfaces=[spec]))
    [eni] = shown["NetworkInterfaces"]
    assert [entry["PrivateIpAddress"] for entry in eni["PrivateIpAddresses"]] == [PRIMARY, SECONDARY]
    assert eni["Attachment"]["DeleteOnTermination"] is True
    assert shown["SubnetId"] == network.subnet
    assert shown["Placement"]["AvailabilityZone"] == "us-east-1a"


def test_secondary_addresses_by_count(ec2: Any, network: Network) -> None:
    spec = {"DeviceIndex": 0, "SubnetId": network.subnet, "SecondaryPrivateIpAddressCount": 1}
    [eni] = describe(ec2, launch(ec2, NetworkInterfaces=[spec]))["NetworkInterfaces"]
    assert len(eni["PrivateIpAddresses"]) == 2
    with refused("InvalidInterface.IpAddressLimitExceeded"):
        launch(ec2, NetworkInterfaces=[{**spec, "SecondaryPrivateIpAddressCount": 2}])


def test_instance_level_values_describe_the_one_interface(ec2: Any, network: Network) -> None:
    given = {"SubnetId": network.subnet, "PrivateIpAddress": PRIMARY, "SecurityGroupIds": [network.group]}
    shown = describe(ec2, launch(ec2, **given))
    assert shown["PrivateIpAddress"] == PRIMARY
    assert [group["GroupId"] for group in shown["SecurityGroups"]] == [network.group]
    assert "PublicIpAddress" not in shown


def test_more_than_one_instance_is_launched_by_max_count(ec2: Any, network: Network) -> None:
    answer = ec2.run_instances(ImageId=IMAGE, InstanceType="t3.micro", MinCount=1, MaxCount=3, SubnetId=network.subnet)
    assert [instance["AmiLaunchIndex"] for instance in answer["Instances"]] == [0, 1, 2]
    assert len({instance["PrivateIpAddress"] for instance in answer["Instances"]}) == 3
    assert len(ec2.describe_instances()["Reservations"]) == 1


def test_images_are_found_by_name_and_owner(ec2: Any) -> None:
    answer = ec2.describe_images(
        Owners=["136693071363"],
        Filters=[
            {"Name": "name", "Values": ["debian-12-amd64-*"]},
            {"Name": "architecture", "Values": ["x86_64"]},
            {"Name": "state", "Values": ["available"]},
        ],
    )
    newest = max(answer["Images"], key=lambda image: image["CreationDate"])
    assert newest["ImageId"] == IMAGE
    assert ec2.describe_images(Owners=["amazon"])["Images"][0]["Name"].startswith("al2023")


def test_the_limits_of_a_type_are_told(ec2: Any) -> None:
    [told] = ec2.describe_instance_types(InstanceTypes=["t3.micro"])["InstanceTypes"]
    assert told["NetworkInfo"]["MaximumNetworkInterfaces"] == 2
    assert told["NetworkInfo"]["Ipv4AddressesPerInterface"] == 2


def test_a_second_interface_is_attached_and_detached(ec2: Any, network: Network) -> None:
    instance = launch(ec2, make_eni(ec2, network))
    wait_for(ec2, "running", instance)
    second = make_eni(ec2, network, "192.168.1.50")
    with refused("InvalidParameterValue", "device index '0'"):
        ec2.attach_network_interface(NetworkInterfaceId=second, InstanceId=instance, DeviceIndex=0)
    attach = {"NetworkInterfaceId": second, "InstanceId": instance, "DeviceIndex": 1}
    attachment = ec2.attach_network_interface(**attach)["AttachmentId"]
    with refused("InvalidNetworkInterface.InUse"):
        ec2.attach_network_interface(**attach)
    third = make_eni(ec2, network, "192.168.1.51")
    with refused("AttachmentLimitExceeded"):
        ec2.attach_network_interface(NetworkInterfaceId=third, InstanceId=instance, DeviceIndex=2)
    ec2.detach_network_interface(AttachmentId=attachment)
    assert describe_eni(ec2, second)["Status"] == "available"
    assert len(describe(ec2, instance)["NetworkInterfaces"]) == 1


def test_the_primary_interface_cannot_be_detached(ec2: Any, network: Network) -> None:
    eni = make_eni(ec2, network)
    wait_for(ec2, "running", launch(ec2, eni))
    with refused("OperationNotPermitted"):
        ec2.detach_network_interface(AttachmentId=describe_eni(ec2, eni)["Attachment"]["AttachmentId"])
