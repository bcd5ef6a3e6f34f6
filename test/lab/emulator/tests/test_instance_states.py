"""https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html"""

from typing import Any

import pytest

from stack import allocate, describe, describe_eni, launch, make_eni, make_network, refused, wait_for


@pytest.fixture
def eni(ec2: Any) -> str:
    return make_eni(ec2, make_network(ec2))


def state_of(ec2: Any, instance: str) -> str:
    return describe(ec2, instance)["State"]["Name"]


def test_states_pass_through_their_middle(ec2: Any, eni: str) -> None:
    instance = launch(ec2, eni)
    assert state_of(ec2, instance) == "pending"
    wait_for(ec2, "running", instance)
    [change] = ec2.stop_instances(InstanceIds=[instance])["StoppingInstances"]
    assert (change["PreviousState"]["Name"], change["CurrentState"]["Name"]) == ("running", "stopping")
    assert state_of(ec2, instance) == "stopping"
    wait_for(ec2, "stopped", instance)
    ec2.start_instances(InstanceIds=[instance])
    assert state_of(ec2, instance) == "pending"
    wait_for(ec2, "running", instance)
    ec2.terminate_instances(InstanceIds=[instance])
    assert state_of(ec2, instance) == "shutting-down"
    assert describe_eni(ec2, eni)["Status"] == "in-use"
    wait_for(ec2, "terminated", instance)


def test_a_pending_instance_can_be_terminated_but_not_stopped(ec2: Any, eni: str) -> None:
    instance = launch(ec2, eni)
    with refused("IncorrectInstanceState"):
        ec2.stop_instances(InstanceIds=[instance])
    ec2.terminate_instances(InstanceIds=[instance])
    wait_for(ec2, "terminated", instance)
    ec2.terminate_instances(InstanceIds=[instance])
    with refused("IncorrectInstanceState"):
        ec2.start_instances(InstanceIds=[instance])


def test_a_ready_interface_outlives_the_instance_with_its_eip(ec2: Any, eni: str) -> None:
    eip = allocate(ec2)
    ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni)
    instance = launch(ec2, eni)
    ec2.terminate_instances(InstanceIds=[instance])
    wait_for(ec2, "terminated", instance)
    shown = describe_eni(ec2, eni)
    assert shown["Status"] == "available"
    assert "Attachment" not in shown
    assert shown["Association"]["AllocationId"] == eip
    assert "InstanceId" not in ec2.describe_addresses()["Addresses"][0]


def test_the_flag_of_the_attachment_decides(ec2: Any, eni: str) -> None:
    eip = allocate(ec2)
    ec2.associate_address(AllocationId=eip, NetworkInterfaceId=eni)
    instance = launch(ec2, eni)
    attachment = describe_eni(ec2, eni)["Attachment"]
    assert attachment["DeleteOnTermination"] is False
    change = {"AttachmentId": attachment["AttachmentId"], "DeleteOnTermination": True}
    ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, Attachment=change)
    assert describe_eni(ec2, eni)["Attachment"]["DeleteOnTermination"] is True
    ec2.terminate_instances(InstanceIds=[instance])
    wait_for(ec2, "terminated", instance)
    with refused("InvalidNetworkInterfaceID.NotFound"):
        describe_eni(ec2, eni)
    assert "AssociationId" not in ec2.describe_addresses()["Addresses"][0]


def test_a_terminated_instance_has_no_address_network_or_disk(ec2: Any, eni: str) -> None:
    instance = launch(ec2, eni)
    assert "VpcId" in describe(ec2, instance)
    ec2.terminate_instances(InstanceIds=[instance])
    shown = wait_for(ec2, "terminated", instance)
    assert not set(shown) & {"PrivateIpAddress", "PublicIpAddress", "SubnetId", "VpcId"}
    assert shown["NetworkInterfaces"] == []
    assert ec2.describe_volumes()["Volumes"] == []


def test_termination_protection_holds(ec2: Any, eni: str) -> None:
    instance = launch(ec2, eni)
    ec2.modify_instance_attribute(InstanceId=instance, DisableApiTermination={"Value": True})
    with refused("OperationNotPermitted"):
        ec2.terminate_instances(InstanceIds=[instance])
    assert state_of(ec2, instance) in ("pending", "running")


@pytest.mark.parametrize(("behaviour", "ends"), [("stop", "stopped"), ("terminate", "terminated")])
def test_a_guest_that_powers_off_ends_as_it_was_launched_to(
    ec2: Any, lab: Any, eni: str, behaviour: str, ends: str
) -> None:
    instance = launch(ec2, eni, InstanceInitiatedShutdownBehavior=behaviour)
    wait_for(ec2, "running", instance)
    told = ec2.describe_instance_attribute(InstanceId=instance, Attribute="instanceInitiatedShutdownBehavior")
    assert told["InstanceInitiatedShutdownBehavior"] == {"Value": behaviour}
    lab.post("power-off", instanceId=instance)
    wait_for(ec2, ends, instance)


def test_the_shutdown_behaviour_can_be_changed(ec2: Any, eni: str) -> None:
    instance = launch(ec2, eni)
    ec2.modify_instance_attribute(InstanceId=instance, InstanceInitiatedShutdownBehavior={"Value": "terminate"})
    told = ec2.describe_instance_attribute(InstanceId=instance, Attribute="instanceInitiatedShutdownBehavior")
    assert told["InstanceInitiatedShutdownBehavior"] == {"Value": "terminate"}
