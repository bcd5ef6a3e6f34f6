import threading
import time
import urllib.error
import urllib.request
from typing import Any

import pytest

from stack import allocate, launch, make_network


def status(lab: Any, path: str, body: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(f"{lab.endpoint}/lab-api/{path}", data=body) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_reading_does_not_change_the_version_and_writing_does(ec2: Any, lab: Any) -> None:
    before = lab.state()["version"]
    ec2.describe_vpcs()
    ec2.describe_addresses()
    assert lab.state()["version"] == before
    allocate(ec2)
    assert lab.state()["version"] == before + 1


def test_a_reader_is_told_of_a_change_and_of_a_change_of_state(ec2: Any, lab: Any) -> None:
    instance = launch(ec2, SubnetId=make_network(ec2).subnet)
    seen = lab.state()
    while seen["Instances"][0]["State"]["Name"] != "running":
        seen = lab.state(f"?after={seen['version']}")
    threading.Timer(0.1, ec2.terminate_instances, kwargs={"InstanceIds": [instance]}).start()
    assert lab.state(f"?after={seen['version']}")["Instances"][0]["State"]["Name"] == "shutting-down"


def test_the_state_shows_what_a_guest_needs(ec2: Any, lab: Any) -> None:
    launch(ec2, SubnetId=make_network(ec2).subnet, UserData="#!/bin/sh")
    state = lab.state()
    [instance] = state["Instances"]
    assert instance["UserData"] == "IyEvYmluL3No"
    assert instance["InstanceInitiatedShutdownBehavior"] == "stop"
    assert state["NetworkInterfaces"][0]["MacAddress"].startswith("02:")


def test_a_reset_forgets_everything(ec2: Any, lab: Any) -> None:
    lab.post("quota", vpcMaxElasticIps=9)
    make_network(ec2)
    version = lab.state()["version"]
    lab.post("reset")
    state = lab.state()
    assert state["version"] > version
    assert state["vpcMaxElasticIps"] == 5
    assert [vpc["IsDefault"] for vpc in state["Vpcs"]] == [True]


def test_a_reset_ends_what_was_under_way(ec2: Any, lab: Any) -> None:
    launch(ec2, SubnetId=make_network(ec2).subnet)
    version = lab.post("reset")["version"]
    time.sleep(0.5)
    assert lab.state()["version"] == version


def test_regions_are_apart(lab: Any) -> None:
    lab.client(region="eu-west-1").create_internet_gateway()
    assert len(lab.state("?region=eu-west-1")["InternetGateways"]) == 1
    assert lab.state()["InternetGateways"] == []


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("nothing", None, 404),
        ("reset", None, 404),
        ("quota", b"{}", 400),
        ("quota", b'{"vpcMaxElasticIps": "5"}', 400),
        ("quota", b"not json", 400),
        ("quota", b"[]", 400),
        ("console", b'{"instanceId": "i-00000000000000000", "text": "x"}', 400),
        ("console", b'{"text": 1}', 400),
        ("state?after=x", None, 400),
    ],
)
def test_a_wrong_request_is_refused(lab: Any, path: str, body: bytes | None, expected: int) -> None:
    assert status(lab, path, body) == expected


def test_a_region_goes_back_to_a_state_that_was_kept_as_often_as_wanted(ec2: Any, lab: Any) -> None:
    network = make_network(ec2)
    allocate(ec2)
    before = lab.state()
    kept = lab.post("keep")["kept"]
    for _ in range(2):
        allocate(ec2)
        launch(ec2, SubnetId=network.subnet)
        lab.post("go-back", kept=kept)
        after = lab.state()
        assert after["version"] > before["version"]
        assert {**after, "version": 0} == {**before, "version": 0}
    ec2.delete_subnet(SubnetId=network.subnet)
    assert status(lab, "go-back", b'{"kept": 7}') == 400
