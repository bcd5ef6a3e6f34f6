"""Refuse to delete what something else still needs.

moto deletes in any order: a VPC under its gateway, a group that is in use, an attached interface.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (DependencyViolation, CannotDelete)
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html
"""

from typing import Any

from moto.ec2.exceptions import DependencyViolationError, InvalidSecurityGroupNotFoundError
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.models.internet_gateways import InternetGatewayBackend
from moto.ec2.models.network_acls import NetworkAclBackend
from moto.ec2.models.route_tables import RouteBackend
from moto.ec2.models.security_groups import SecurityGroupBackend
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPCBackend

from ..faults import refuse
from ..patch import around
from .pairing import disassociate, eips_of


def _depends(kind: str, resource_id: str) -> DependencyViolationError:
    return DependencyViolationError(f"The {kind} '{resource_id}' has dependencies and cannot be deleted.")


def _forget_tags(backend: Any, resource_id: str) -> None:
    """Tags go with their resource; moto keeps them for ever."""
    backend.tags.pop(resource_id, None)


@around(VPCBackend, "delete_vpc")
def delete_vpc(original: Any, self: Any, vpc_id: str) -> Any:
    """Delete a VPC that holds nothing but its default group, default ACL and main route table."""
    self.get_vpc(vpc_id)
    holds = [
        *(g for g in self.internet_gateways.values() if g.vpc and g.vpc.id == vpc_id),
        *(e for e in self.enis.values() if e.vpc_id == vpc_id),
        *(g for g in self.groups[vpc_id].values() if not g.is_default),
        *(t for t in self.route_tables.values() if t.vpc_id == vpc_id and not t.main_association_id),
        *(a for a in self.network_acls.values() if a.vpc_id == vpc_id and not a.default),
    ]
    if holds or self.describe_subnets(filters={"vpc-id": [vpc_id]}):
        raise _depends("vpc", vpc_id)
    for table in [t for t in self.route_tables.values() if t.vpc_id == vpc_id]:
        table.main_association_id = None
    vpc = original(self, vpc_id)
    for acl in [a for a in self.network_acls.values() if a.vpc_id == vpc_id]:
        del self.network_acls[acl.id]
    self.groups.pop(vpc_id, None)
    _forget_tags(self, vpc_id)
    return vpc


@around(SubnetBackend, "delete_subnet")
def delete_subnet(original: Any, self: Any, subnet_id: str) -> Any:
    """Delete a subnet without interfaces, and its associations with a route table and an ACL."""
    self.get_subnet(subnet_id)
    if any(eni.subnet.id == subnet_id for eni in self.enis.values()):
        raise _depends("subnet", subnet_id)
    for table in self.route_tables.values():
        for association_id in [a for a, target in table._associations.items() if target == subnet_id]:
            del table._associations[association_id]
    for acl in self.network_acls.values():
        for association_id in [a for a, it in acl._associations.items() if it.subnet_id == subnet_id]:
            del acl._associations[association_id]
    _forget_tags(self, subnet_id)
    return original(self, subnet_id)


def _refers_to(group: Any, group_id: str) -> bool:
    """Tell whether a rule of the group names the other group as its peer."""
    rules = [*group.ingress_rules, *group.egress_rules]
    return any(rule.source_group.get("GroupId") == group_id for rule in rules)


@around(SecurityGroupBackend, "_delete_security_group")
def delete_security_group(original: Any, self: Any, vpc_id: str | None, group_id: str) -> None:
    """Delete a group that no interface has and no other group's rule names."""
    group = self.get_security_group_from_id(group_id)
    if group is None:
        raise InvalidSecurityGroupNotFoundError(group_id)
    in_use = any(group_id == g.id for eni in self.enis.values() for g in eni.group_set)
    others = [g for groups in self.groups.values() for g in groups.values() if g.id != group_id]
    if in_use or any(_refers_to(other, group_id) for other in others):
        raise DependencyViolationError(f"resource {group_id} has a dependent object")
    for resource_id in (group_id, *(rule.id for rule in (*group.ingress_rules, *group.egress_rules))):
        _forget_tags(self, resource_id)
    original(self, vpc_id, group_id)


@around(SecurityGroupBackend, "delete_security_group")
def delete_security_group_by_request(
    original: Any, self: Any, name: str | None = None, group_id: str | None = None
) -> None:
    """Refuse the default group; only its VPC's deletion takes it away."""
    group = self.get_security_group_by_name_or_id(group_id or name)
    if group is not None and group.is_default and group.vpc_id in self.vpcs and not _vpc_is_going(self, group.vpc_id):
        raise refuse("CannotDelete", f'the specified group: "{group.id}" name: "default" cannot be deleted by a user')
    original(self, name=name, group_id=group_id)


def _vpc_is_going(backend: Any, vpc_id: str) -> bool:
    """Tell whether DeleteVpc is at work: it has taken the main route table away already."""
    return not any(table.vpc_id == vpc_id for table in backend.route_tables.values())


@around(InternetGatewayBackend, "detach_internet_gateway")
def detach_internet_gateway(original: Any, self: Any, internet_gateway_id: str, vpc_id: str) -> None:
    """Detach a gateway once no address of the VPC is public any more."""
    gateway = self.get_internet_gateway(internet_gateway_id)
    attached = gateway.vpc is not None and gateway.vpc.id == vpc_id
    mapped = [eni for eni in self.enis.values() if eni.vpc_id == vpc_id and (eips_of(eni) or eni.public_ip)]
    if attached and mapped:
        raise DependencyViolationError(
            f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before"
            " detaching the gateway."
        )
    original(self, internet_gateway_id, vpc_id)


@around(InternetGatewayBackend, "delete_internet_gateway")
def delete_internet_gateway(original: Any, self: Any, internet_gateway_id: str) -> None:
    """Delete a detached gateway; moto refuses an attached one itself."""
    original(self, internet_gateway_id)
    _forget_tags(self, internet_gateway_id)


@around(NetworkInterfaceBackend, "delete_network_interface")
def delete_network_interface(original: Any, self: Any, eni_id: str) -> None:
    """Delete a detached interface; its Elastic IPs stay allocated."""
    eni = self.get_network_interface(eni_id)
    if eni.attachment_id:
        raise refuse("InvalidNetworkInterface.InUse", f"Network interface '{eni_id}' is currently in use.")
    for eip in list(eips_of(eni).values()):
        disassociate(eip)
    _forget_tags(self, eni_id)
    original(self, eni_id)


@around(RouteBackend, "delete_route_table")
def delete_route_table(original: Any, self: Any, route_table_id: str) -> None:
    """Delete any route table but the main one."""
    if self.get_route_table(route_table_id).main_association_id:
        raise _depends("routeTable", route_table_id)
    original(self, route_table_id)
    _forget_tags(self, route_table_id)


@around(NetworkAclBackend, "delete_network_acl")
def delete_network_acl(original: Any, self: Any, network_acl_id: str) -> Any:
    """Delete an ACL that is neither the default one nor associated with a subnet."""
    acl = self.network_acls.get(network_acl_id)
    if acl is not None and acl.default:
        raise refuse("CannotDelete", f"Cannot delete default network ACL {network_acl_id}")
    if acl is not None and acl.associations:
        raise _depends("networkAcl", network_acl_id)
    _forget_tags(self, network_acl_id)
    return original(self, network_acl_id)
