"""What holds for every call: DryRun, ClientToken, errors, credentials.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html
https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
"""

import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from stack import IMAGE, launch, make_eni, make_network, refused


def requests_for(network: Any, eni: str) -> dict[str, dict[str, Any]]:
    route = {"RouteTableId": network.table, "DestinationCidrBlock": "0.0.0.0/0"}
    return {
        "create_vpc": {"CidrBlock": "10.0.0.0/16"},
        "create_subnet": {"VpcId": network.vpc, "CidrBlock": "192.168.1.0/24"},
        "create_route": {**route, "GatewayId": network.gateway},
        "create_route_table": {"VpcId": network.vpc},
        "delete_route": route,
        "delete_subnet": {"SubnetId": network.subnet},
        "delete_vpc": {"VpcId": network.vpc},
        "delete_network_interface": {"NetworkInterfaceId": eni},
        "allocate_address": {},
        "create_internet_gateway": {},
        "create_security_group": {"GroupName": "g", "Description": "d", "VpcId": network.vpc},
        "create_network_interface": {"SubnetId": network.subnet},
        "run_instances": {"ImageId": IMAGE, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1},
        "describe_vpcs": {},
        "describe_route_tables": {},
        "describe_internet_gateways": {},
        "describe_network_interfaces": {},
        "describe_account_attributes": {},
        "describe_addresses": {},
    }


def test_dry_run_changes_nothing_and_says_so(ec2: Any, lab: Any) -> None:
    network = make_network(ec2)
    eni = make_eni(ec2, network)
    before = lab.state()
    for action, request in requests_for(network, eni).items():
        with pytest.raises(ClientError) as caught:
            getattr(ec2, action)(**request, DryRun=True)
        assert caught.value.response["Error"]["Code"] == "DryRunOperation", action
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 412
    assert lab.state() == before


def test_the_same_token_makes_one_thing(ec2: Any) -> None:
    network = make_network(ec2)
    for make, count in (
        (lambda: ec2.create_route_table(VpcId=network.vpc, ClientToken="a")["RouteTable"]["RouteTableId"], 1),
        (lambda: ec2.create_network_interface(SubnetId=network.subnet, ClientToken="a")["NetworkInterface"], 1),
        (lambda: launch(ec2, SubnetId=network.subnet, ClientToken="a"), 1),
    ):
        first = make()
        again = make()
        assert (first == again) == (count == 1)
    assert len(ec2.describe_network_interfaces()["NetworkInterfaces"]) == 2
    assert len(ec2.describe_instances()["Reservations"]) == 1


def test_calls_side_by_side_with_one_token_make_one_thing(ec2: Any) -> None:
    subnet = make_network(ec2).subnet

    def make(_: int) -> str:
        answer = ec2.create_network_interface(SubnetId=subnet, ClientToken="side by side")
        return answer["NetworkInterface"]["NetworkInterfaceId"]

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(make, range(10)))) == 1


def test_a_token_with_other_parameters_is_refused(ec2: Any) -> None:
    subnet = make_network(ec2).subnet
    ec2.create_network_interface(SubnetId=subnet, ClientToken="a")
    with refused("IdempotentParameterMismatch"):
        ec2.create_network_interface(SubnetId=subnet, ClientToken="a", Description="other")


def test_a_token_of_a_refused_call_can_be_used_again(ec2: Any) -> None:
    network = make_network(ec2)
    request = {"SubnetId": network.subnet, "PrivateIpAddress": "192.168.1.100", "ClientToken": "a"}
    blocking = ec2.create_network_interface(SubnetId=network.subnet, PrivateIpAddress="192.168.1.100")
    with refused("InvalidIPAddress.InUse"):
        ec2.create_network_interface(**request)
    ec2.delete_network_interface(NetworkInterfaceId=blocking["NetworkInterface"]["NetworkInterfaceId"])
    ec2.create_network_interface(**request)


def raw(endpoint: str, action: str) -> tuple[int, str]:
    """Send a signed-looking call by hand, and return the status and the body."""
    headers = {"Authorization": "AWS4-HMAC-SHA256 Credential=AKIALAB0000000000000/20260101/us-east-1/ec2/aws4_request,"}
    body = f"Action={action}&Version=2016-11-15".encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(endpoint, body, headers)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize(
    ("action", "code"),
    [("NoSuchAction", "InvalidAction"), ("CreateIpam", "UnsupportedOperation"), ("DeleteVpc", "")],
)
def test_an_error_is_always_xml(lab: Any, action: str, code: str) -> None:
    status, body = raw(lab.endpoint, action)
    assert status >= 400
    assert "<Errors><Error><Code>" + code in body
    assert "<html" not in body.lower()


def test_wrong_and_expired_credentials_are_told_apart(lab: Any) -> None:
    for key, of_ec2, of_sts in (
        ("AKIAINVALID000000000", ("AuthFailure", 401), ("InvalidClientTokenId", 403)),
        ("ASIAEXPIRED000000000", ("RequestExpired", 400), ("ExpiredToken", 403)),
    ):
        for call, expected in (
            (lab.client(key=key).describe_vpcs, of_ec2),
            (lab.client("sts", key=key).get_caller_identity, of_sts),
        ):
            with pytest.raises(ClientError) as caught:
                call()
            response = caught.value.response
            assert (response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]) == expected


def test_a_key_is_refused_once_its_own_time_is_over(lab: Any) -> None:
    tenths = int(time.time() * 10)
    lab.client(key=f"ASIAUNTIL{tenths + 600}").describe_vpcs()
    before = lab.state()
    with refused("RequestExpired"):
        lab.client(key=f"ASIAUNTIL{tenths - 1}").allocate_address()
    assert lab.state() == before


def test_refused_credentials_change_nothing(lab: Any) -> None:
    before = lab.state()
    with pytest.raises(ClientError):
        lab.client(key="AKIAINVALID000000000").allocate_address()
    assert lab.state() == before


def test_roles_are_refused_to_whom_they_are_not_given(lab: Any) -> None:
    sts = lab.client("sts")
    session = {"RoleSessionName": "lab"}
    role = {"RoleArn": "arn:aws:iam::123456789012:role/lab", **session}
    closed = {"RoleArn": "arn:aws:iam::123456789012:role/closed", **session}
    device = {"SerialNumber": "arn:aws:iam::123456789012:mfa/me"}
    for call, code in (
        (lambda: sts.assume_role(**closed), "AccessDenied"),
        (lambda: sts.assume_role(**role, **device, TokenCode="000000"), "AccessDenied"),
        (lambda: sts.assume_role_with_web_identity(**role, WebIdentityToken="none"), "InvalidIdentityToken"),
        (
            lambda: sts.assume_role_with_web_identity(**role, WebIdentityToken="expired.payload.signature"),
            "ExpiredTokenException",
        ),
    ):
        with pytest.raises(ClientError) as caught:
            call()
        assert caught.value.response["Error"]["Code"] == code
    assert sts.assume_role(**role, **device, TokenCode="824519")["Credentials"]
    assert sts.assume_role_with_web_identity(**role, WebIdentityToken="header.payload.signature")["Credentials"]


def test_who_may_do_nothing_is_told_which_action(lab: Any) -> None:
    with pytest.raises(ClientError) as caught:
        lab.client(key="AKIADENIED0000000000").describe_vpcs()
    assert caught.value.response["Error"]["Code"] == "UnauthorizedOperation"
    assert "not authorized to perform: ec2:DescribeVpcs" in str(caught.value)


def test_two_accounts_do_not_see_each_other(ec2: Any, lab: Any) -> None:
    other = "AKIAOTHERACCOUNT0000"
    accounts = [lab.client("sts", key=key).get_caller_identity()["Account"] for key in ("AKIALAB0000000000000", other)]
    assert accounts == ["123456789012", "210987654321"]
    ec2.allocate_address()
    assert lab.client(key=other).describe_addresses()["Addresses"] == []
