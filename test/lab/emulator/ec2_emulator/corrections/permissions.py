"""Enforce the IAM policy that a test sets, as EC2 does: before a call has any effect, a dry run's too.

moto can look at actions alone; EC2 looks at each thing that a call touches, and at the tags that it gives.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
"""

import fnmatch
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from ..faults import refuse
from ..patch import around
from ..settings import settings

ADDRESSES = ("elastic-ip", "network-interface")
LAUNCH = ("image", "instance", "volume")

REQUIRED: dict[str, tuple[str, ...]] = {
    "AllocateAddress": ("elastic-ip",),
    "AssignPrivateIpAddresses": ("network-interface",),
    "AssociateAddress": ADDRESSES,
    "AttachInternetGateway": ("internet-gateway", "vpc"),
    "AttachNetworkInterface": ("instance", "network-interface"),
    "AuthorizeSecurityGroupEgress": ("security-group",),
    "AuthorizeSecurityGroupIngress": ("security-group",),
    "CreateInternetGateway": ("internet-gateway",),
    "CreateNetworkAclEntry": ("network-acl",),
    "CreateNetworkInterface": ("network-interface", "subnet"),
    "CreateRoute": ("route-table",),
    "CreateSecurityGroup": ("security-group", "vpc"),
    "CreateSubnet": ("subnet", "vpc"),
    "CreateVpc": ("vpc",),
    "DeleteInternetGateway": ("internet-gateway",),
    "DeleteKeyPair": ("key-pair",),
    "DeleteNetworkAclEntry": ("network-acl",),
    "DeleteNetworkInterface": ("network-interface",),
    "DeleteRoute": ("route-table",),
    "DeleteRouteTable": ("route-table",),
    "DeleteSecurityGroup": ("security-group",),
    "DeleteSubnet": ("subnet",),
    "DeleteVpc": ("vpc",),
    "DetachInternetGateway": ("internet-gateway", "vpc"),
    "DetachNetworkInterface": ("instance", "network-interface"),
    "DisassociateAddress": ADDRESSES,
    "GetConsoleOutput": ("instance",),
    "ImportKeyPair": ("key-pair",),
    "ModifyAddressAttribute": ("elastic-ip",),
    "RebootInstances": ("instance",),
    "ReleaseAddress": ("elastic-ip",),
    "ResetAddressAttribute": ("elastic-ip",),
    "RevokeSecurityGroupEgress": ("security-group",),
    "RevokeSecurityGroupIngress": ("security-group",),
    "RunInstances": LAUNCH,
    "StartInstances": ("instance",),
    "StopInstances": ("instance",),
    "TerminateInstances": ("instance",),
    "UnassignPrivateIpAddresses": ("network-interface",),
}

# What a call touches only where it names it.
NAMED = {
    "KeyName": "key-pair",
    "NetworkInterfaces": "network-interface",
    "SubnetId": "subnet",
    "Groups": "security-group",
    "SecurityGroupIds": "security-group",
}


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _matches(patterns: Any, value: str) -> bool:
    return any(fnmatch.fnmatchcase(value, pattern) for pattern in _listed(patterns))


def _meets(conditions: dict[str, Any], context: dict[str, list[str]]) -> bool:
    """Tell whether every condition is met; an operator that is not known here is met by nothing."""
    for operator, wanted in conditions.items():
        for key, values in wanted.items():
            given = context.get(key, [])
            every = operator == "ForAllValues:StringEquals"
            if not every and (operator != "StringEquals" or not given):
                return False
            if not all(value in _listed(values) for value in given):
                return False
    return True


def allows(policy: dict[str, Any], action: str, resource: str, context: dict[str, list[str]]) -> bool:
    """Tell whether some statement allows it and none denies it."""
    effects = {
        statement["Effect"]
        for statement in policy["Statement"]
        if _matches(statement["Action"], action)
        and _matches(statement["Resource"], resource)
        and _meets(statement.get("Condition", {}), context)
    }
    return effects == {"Allow"}


def _wanted(response: Any, action: str) -> list[tuple[str, str, dict[str, list[str]]]]:
    """Return each action, type of resource and context that a call has to be allowed."""
    types = set(REQUIRED.get(action, ()))
    if action in ("RunInstances", "CreateNetworkInterface"):
        given = response._get_params()
        interfaces = given.get("NetworkInterfaces", []) if action == "RunInstances" else []
        types |= {kind for source in (given, *interfaces) for name, kind in NAMED.items() if source.get(name)}
    wanted: list[tuple[str, str, dict[str, list[str]]]] = [(f"ec2:{action}", kind, {}) for kind in sorted(types)]
    for specification in response._get_params().get("TagSpecifications", []):
        keys = [tag["Key"] for tag in specification.get("Tags", [])]
        context = {"ec2:CreateAction": [action], "aws:TagKeys": keys}
        wanted.append(("ec2:CreateTags", specification["ResourceType"], context))
    return wanted or [(f"ec2:{action}", "*", {})]


def _denial(response: Any) -> str | None:
    """Return what EC2 says where the policy does not allow the call."""
    if settings.policy is None:
        return None
    for action, kind, context in _wanted(response, response._get_action()):
        account = "" if kind == "image" else response.current_account
        resource = "*" if kind == "*" else f"arn:aws:ec2:{response.region}:{account}:{kind}/some"
        if not allows(settings.policy, action, resource, context):
            user = f"arn:aws:iam::{response.current_account}:user/lab"
            return (
                f"You are not authorized to perform this operation. User: {user} is not authorized to perform: "
                f"{action} on resource: {resource} because no identity-based policy allows the {action} action"
            )
    return None


@around(EC2Response, "call_action")
def call_action(original: Any, self: Any) -> Any:
    """Refuse before the call has any effect."""
    denial = _denial(self)
    return self.serialized(ActionResult(refuse("UnauthorizedOperation", denial))) if denial else original(self)
