"""Pair an Elastic IP with one private address of an interface, as AssociateAddress does on EC2.

moto ignores PrivateIpAddress and reports every Elastic IP on the primary address.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidInstanceIdError, ResourceAlreadyAssociatedError
from moto.ec2.models.elastic_ip_addresses import ElasticAddress, ElasticAddressBackend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.responses.elastic_ip_addresses import ElasticIPAddresses
from moto.ec2.utils import random_eip_association_id

from ..faults import refuse
from ..patch import adds, around


def eips_of(eni: Any) -> dict[str, Any]:
    """Return the interface's Elastic IPs by the private address that each is paired with."""
    return eni.__dict__.setdefault("eips", {})


def public_dns_name(public_ip: str) -> str:
    """Return the name that EC2 gives a public address in us-east-1."""
    return f"ec2-{public_ip.replace('.', '-')}.compute-1.amazonaws.com"


def _association(eni: Any, private_ip: str) -> dict[str, Any] | None:
    """Return what EC2 shows as the Association of one private address, or None."""
    eip = eips_of(eni).get(private_ip)
    if eip is not None:
        return {
            "AllocationId": eip.allocation_id,
            "AssociationId": eip.association_id,
            "IpOwnerId": eni.owner_id,
            "PublicDnsName": public_dns_name(eip.public_ip),
            "PublicIp": eip.public_ip,
        }
    if private_ip == eni.private_ip_address and eni.public_ip:
        return {
            "IpOwnerId": "amazon",
            "PublicDnsName": public_dns_name(eni.public_ip),
            "PublicIp": eni.public_ip,
        }
    return None


@adds(NetworkInterface)
@property
def network_interface_private_ip_address_list(self: Any) -> list[dict[str, Any]]:
    """The private addresses as DescribeNetworkInterfaces shows them, the primary first."""
    entries = []
    for entry in sorted(self.private_ip_addresses, key=lambda e: e["PrivateIpAddress"] != self.private_ip_address):
        address = entry["PrivateIpAddress"]
        shown = {**entry, "Primary": address == self.private_ip_address}
        association = _association(self, address)
        entries.append({**shown, "Association": association} if association else shown)
    return entries


NetworkInterface.instance_private_ip_address_list = NetworkInterface.network_interface_private_ip_address_list


@adds(NetworkInterface)
@property
def association(self: Any) -> dict[str, Any]:
    """The Association of the primary address: EC2 shows this one on the interface itself."""
    return _association(self, self.private_ip_address) or {}


@adds(ElasticAddress)
@property
def private_ip_address(self: Any) -> str | None:
    """The private address that this Elastic IP is paired with."""
    return getattr(self, "paired_with", None)


@adds(ElasticAddress)
@property
def instance_id(self: Any) -> str | None:
    """The instance that the paired interface is attached to."""
    return self.eni.instance.id if self.eni and self.eni.instance else None


@adds(ElasticAddress)
@property
def network_interface_id(self: Any) -> str | None:
    """The paired interface, or None where moto says ''."""
    return self.eni.id if self.eni else None


def disassociate(eip: Any) -> None:
    """Take the pairing away; the Elastic IP stays allocated."""
    eni = eip.eni
    if eni is None:
        return
    eips_of(eni).pop(eip.paired_with, None)
    if eip.paired_with == eni.private_ip_address:
        eni.public_ip = None
    eip.eni = eip.instance = eip.association_id = eip.paired_with = None


def pair(eip: Any, eni: Any, private_ip: str) -> None:
    """Record the pairing under a new association id."""
    eip.eni, eip.instance, eip.paired_with = eni, eni.instance, private_ip
    eip.association_id = random_eip_association_id()
    eips_of(eni)[private_ip] = eip
    if private_ip == eni.private_ip_address:
        eni.public_ip = eip.public_ip


def _check_reachable(backend: Any, eni: Any) -> None:
    """Refuse what EC2 refuses before it looks at the addresses."""
    if not any(gateway.vpc and gateway.vpc.id == eni.vpc_id for gateway in backend.internet_gateways.values()):
        raise refuse("Gateway.NotAttached", f"Network {eni.vpc_id} is not attached to any internet gateway")
    if eni.instance and eni.instance.state == "pending":
        raise refuse(
            "IncorrectInstanceState",
            f"The pending-instance-creation instance to which '{eni.id}' is attached is not in a valid state"
            " for this operation",
        )


@around(ElasticAddressBackend, "associate_address")
def associate_address(
    _original: Any,
    self: Any,
    instance: Any = None,
    eni: Any = None,
    address: str | None = None,
    allocation_id: str | None = None,
    reassociate: bool = True,
    private_ip: str | None = None,
) -> Any:
    """Pair the Elastic IP with ``private_ip`` of ``eni``, or with the primary address of either."""
    found = self.address_by_ip([address]) if address else self.address_by_allocation([allocation_id])
    eip, eni = found[0], eni or instance.nics[0]
    private_ip = private_ip or eni.private_ip_address
    if private_ip not in [entry["PrivateIpAddress"] for entry in eni.private_ip_addresses]:
        raise refuse(
            "InvalidParameterValue",
            f"Address {private_ip} is not assigned to interface {eni.id}",
        )
    _check_reachable(self, eni)
    holder = eips_of(eni).get(private_ip)
    if holder is eip:
        return eip
    if not reassociate and (holder is not None or eip.eni is not None):
        raise ResourceAlreadyAssociatedError(eip.allocation_id if eip.eni is not None else private_ip)
    for former in (holder, eip):
        if former is not None:
            disassociate(former)
    pair(eip, eni, private_ip)
    return eip


@around(ElasticAddressBackend, "disassociate_address")
def disassociate_address(
    _original: Any, self: Any, address: str | None = None, association_id: str | None = None
) -> None:
    """Disassociate by public address or by association id."""
    found = self.address_by_ip([address]) if address else self.address_by_association([association_id])
    eni = found[0].eni
    disassociate(found[0])
    # An auto-assigned address comes back only where no Elastic IP is left on the interface.
    if eni and not eips_of(eni) and eni.instance and eni.instance.state == "running":
        eni.check_auto_public_ip()


def _target(response: Any) -> Any:
    """Return the interface that the request names, directly or by its instance."""
    if eni_id := response._get_param("NetworkInterfaceId"):
        return response.ec2_backend.get_network_interface(eni_id)
    instance_id = response._get_param("InstanceId")
    if not instance_id:
        raise refuse("MissingParameter", "Either instance ID or network interface id must be specified")
    instance = response.ec2_backend.get_instance(instance_id)
    if instance.state not in ("running", "stopping", "stopped"):
        raise refuse(
            "InvalidInstanceID",
            f"The {instance.state} instance '{instance_id}' is not in a valid state for this operation.",
        )
    if len(instance.nics) > 1:
        raise refuse(
            "InvalidInstanceID",
            f"There are multiple interfaces attached to instance '{instance_id}'. Please specify an interface ID"
            " for the operation instead.",
        )
    if not instance.nics:
        raise InvalidInstanceIdError(instance_id)
    return instance.nics[0]


@around(ElasticIPAddresses, "associate_address")
def associate_address_response(_original: Any, self: Any) -> ActionResult:
    """Answer AssociateAddress. Reassociation is automatic unless the request forbids it."""
    if not self._get_param("AllocationId") and not self._get_param("PublicIp"):
        raise refuse("MissingParameter", "Either public IP or allocation ID must be specified")
    eni = _target(self)
    self.error_on_dryrun()
    eip = self.ec2_backend.associate_address(
        eni=eni,
        address=self._get_param("PublicIp"),
        allocation_id=self._get_param("AllocationId"),
        reassociate=self._get_param("AllowReassociation", True) is not False,
        private_ip=self._get_param("PrivateIpAddress"),
    )
    return ActionResult({"AssociationId": eip.association_id})
