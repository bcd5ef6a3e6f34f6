"""Mark the interfaces that NAT gateways and load balancers make as theirs, and let nobody else touch them.

moto makes a NAT gateway's interface look like any other, takes its Elastic IP from wherever that is in use, and
keeps both when the gateway is deleted; its load balancers have no interfaces at all.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moto.core.utils import utcnow
from moto.ec2.exceptions import ResourceAlreadyAssociatedError
from moto.ec2.models import nat_gateways
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface, NetworkInterfaceBackend
from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces
from moto.elbv2.models import ELBv2Backend
from moto.moto_api._internal import mock_random

from ..changes import LOCK, changes
from ..faults import refuse
from ..patch import adds, around

# An address of the subnet instead of moto's 10.x.y.z.
nat_gateways.random_private_ip = lambda: None


@dataclass
class ServiceAttachment:
    """Where a service has plugged its own interface in; an owner sees it and no instance."""

    attach_time: datetime
    attachment_id: str
    instance_owner_id: str
    delete_on_termination: bool = False
    device_index: int = 1
    status: str = "attached"


def _hand_over(eni: Any, interface_type: str, requester: str, description: str) -> None:
    """Make the interface the service's."""
    eni.requester_managed, eni.requester_id = True, requester
    eni.interface_type, eni.description, eni.status = interface_type, description, "in-use"
    attachment_id = f"ela-attach-{mock_random.get_random_hex(length=17)}"
    eni.service_attachment = ServiceAttachment(utcnow(), attachment_id, requester)


_own_attachment = NetworkInterface.attachment


@adds(NetworkInterface)
@property
def attachment(self: Any) -> Any:
    """The service's attachment where it has one, else the instance's."""
    return getattr(self, "service_attachment", None) or _own_attachment.fget(self)


def _forbidden() -> Exception:
    return refuse("AuthFailure", "You do not have permission to access the specified resource.")


def _require_own(eni: Any) -> None:
    """Refuse what only the service may do."""
    if eni.requester_managed:
        raise _forbidden()


@around(NatGateway, "__init__")
def nat_gateway(original: Any, self: Any, backend: Any, subnet_id: str, allocation_id: str, *args: Any) -> None:
    """Make the gateway on an interface of its own, with an Elastic IP that is idle."""
    eips = backend.address_by_allocation([allocation_id]) if allocation_id else []
    if any(eip.eni is not None for eip in eips):
        raise ResourceAlreadyAssociatedError(allocation_id)
    original(self, backend, subnet_id, allocation_id, *args)
    self.private_ip = self._eni.private_ip_address
    _hand_over(self._eni, "nat_gateway", "amazon-aws", f"Interface for NAT Gateway {self.id}")


def _take_away(backend: Any, eni_id: str) -> None:
    """Delete a service's interface; its Elastic IPs stay allocated."""
    backend.get_network_interface(eni_id).requester_managed = False
    backend.delete_network_interface(eni_id)


@around(NatGatewayBackend, "delete_nat_gateway")
def delete_nat_gateway(original: Any, self: Any, nat_gateway_id: str) -> Any:
    """Delete the gateway with its interface."""
    gateway = self.nat_gateways.get(nat_gateway_id)
    if gateway is None:
        raise refuse("NatGatewayNotFound", f"The Nat Gateway {nat_gateway_id} was not found")
    if gateway.state != "deleted":
        _take_away(self, gateway._eni.id)
    return original(self, nat_gateway_id)


@around(ELBv2Backend, "create_load_balancer")
def create_load_balancer(original: Any, self: Any, **request: Any) -> Any:
    """Make the load balancer, and an interface of it in each of its subnets."""
    balancer = original(self, **request)
    network = request.get("loadbalancer_type") == "network"
    allocations = {it["SubnetId"]: it.get("AllocationId") for it in request.get("subnet_mappings") or []}
    backend, balancer.enis = self.ec2_backend, []
    with LOCK:
        for subnet in balancer.subnets:
            eni = backend.create_network_interface(subnet, None, group_ids=request.get("security_groups"))
            if allocation_id := allocations.get(subnet.id):
                backend.associate_address(eni=eni, allocation_id=allocation_id, reassociate=False)
            name = "/".join(balancer.arn.split("/")[-2:])
            description = f"ELB {'net' if network else 'app'}/{name}"
            _hand_over(eni, "network_load_balancer" if network else "interface", "amazon-elb", description)
            balancer.enis.append(eni.id)
        changes.note()
    return balancer


@around(ELBv2Backend, "delete_load_balancer")
def delete_load_balancer(original: Any, self: Any, arn: str) -> None:
    """Delete the load balancer with its interfaces."""
    balancer = self.load_balancers.get(arn)
    with LOCK:
        for eni_id in balancer.enis if balancer else []:
            _take_away(self.ec2_backend, eni_id)
        changes.note()
    original(self, arn)


@around(NetworkInterfaceBackend, "delete_network_interface")
def delete_network_interface(original: Any, self: Any, eni_id: str) -> None:
    """Refuse a service's interface: it is in use for as long as the service is there."""
    if self.get_network_interface(eni_id).requester_managed:
        raise refuse("InvalidNetworkInterface.InUse", f"Network interface '{eni_id}' is currently in use.")
    original(self, eni_id)


@around(NetworkInterfaceBackend, "attach_network_interface")
def attach_network_interface(original: Any, self: Any, eni_id: str, *args: Any) -> Any:
    """Refuse a service's interface."""
    _require_own(self.get_network_interface(eni_id))
    return original(self, eni_id, *args)


@around(NetworkInterfaceBackend, "unassign_private_ip_addresses")
def unassign_private_ip_addresses(original: Any, self: Any, eni_id: str, *args: Any, **kwargs: Any) -> Any:
    """Refuse a service's interface."""
    _require_own(self.get_network_interface(eni_id))
    return original(self, eni_id, *args, **kwargs)


@around(ElasticNetworkInterfaces, "assign_private_ip_addresses")
def assign_private_ip_addresses(original: Any, self: Any) -> Any:
    """Refuse a service's interface."""
    _require_own(self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId")))
    return original(self)


@around(ElasticAddressBackend, "associate_address")
def associate_address(original: Any, self: Any, instance: Any = None, eni: Any = None, **request: Any) -> Any:
    """Refuse to pair with a service's interface, and to take an Elastic IP from one."""
    allocation_id = request.get("allocation_id")
    eips = self.address_by_allocation([allocation_id]) if allocation_id else []
    for held in [eni, *(eip.eni for eip in eips)]:
        if held is not None:
            _require_own(held)
    return original(self, instance=instance, eni=eni, **request)


@around(ElasticAddressBackend, "disassociate_address")
def disassociate_address(
    original: Any, self: Any, address: str | None = None, association_id: str | None = None
) -> None:
    """Refuse to take an Elastic IP from a service's interface."""
    found = self.address_by_ip([address]) if address else self.address_by_association([association_id])
    if found and found[0].eni is not None:
        _require_own(found[0].eni)
    original(self, address=address, association_id=association_id)
