"""What IAM allows, where a test sets a policy.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
"""

from typing import Any

from stack import refused


def allow(action: str, resource: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": [action], "Resource": [resource], **more}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def named(key: str) -> dict[str, Any]:
    return {"TagSpecifications": [{"ResourceType": "vpc", "Tags": [{"Key": key, "Value": "x"}]}]}


def test_only_what_a_policy_allows_is_done(ec2: Any, lab: Any) -> None:
    lab.post("policy", policy=policy(allow("ec2:CreateVpc", "arn:aws:ec2:*:*:vpc/*")))
    ec2.create_vpc(CidrBlock="10.0.0.0/16")
    with refused("UnauthorizedOperation", "perform: ec2:DescribeVpcs on resource: *"):
        ec2.describe_vpcs()
    with refused("DryRunOperation"):
        ec2.create_vpc(CidrBlock="10.0.0.0/16", DryRun=True)
    with refused("UnauthorizedOperation"):
        ec2.allocate_address(DryRun=True)
    lab.post("policy", policy=None)
    assert len(ec2.describe_vpcs(Filters=[{"Name": "cidr", "Values": ["10.0.0.0/16"]}])["Vpcs"]) == 1


def test_each_thing_that_a_call_touches_is_looked_at(ec2: Any, lab: Any) -> None:
    lab.post("policy", policy=policy(allow("ec2:AssociateAddress", "arn:aws:ec2:*:*:elastic-ip/*")))
    with refused("UnauthorizedOperation", ":network-interface/"):
        ec2.associate_address(AllocationId="eipalloc-1", NetworkInterfaceId="eni-1")
    deny = {**allow("ec2:Describe*", "*"), "Effect": "Deny"}
    lab.post("policy", policy=policy(allow("*", "*"), deny))
    with refused("UnauthorizedOperation"):
        ec2.describe_vpcs()


def test_tags_on_what_is_made_need_a_right_of_their_own(ec2: Any, lab: Any) -> None:
    vpc = allow("ec2:CreateVpc", "arn:aws:ec2:*:*:vpc/*")
    lab.post("policy", policy=policy(vpc))
    with refused("UnauthorizedOperation", "perform: ec2:CreateTags"):
        ec2.create_vpc(CidrBlock="10.0.0.0/16", **named("Name"))
    condition = {
        "StringEquals": {"ec2:CreateAction": ["CreateVpc"]},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["Name"]},
    }
    lab.post("policy", policy=policy(vpc, allow("ec2:CreateTags", "arn:aws:ec2:*:*:vpc/*", Condition=condition)))
    ec2.create_vpc(CidrBlock="10.0.0.0/16", **named("Name"))
    with refused("UnauthorizedOperation", "perform: ec2:CreateTags"):
        ec2.create_vpc(CidrBlock="10.0.0.0/16", **named("Other"))
