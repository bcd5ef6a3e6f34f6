"""Attach and detach interfaces as EC2 does, and keep the DeleteOnTermination flag of an attachment.

moto attaches an interface that is in use, replaces one at the same device index, and ignores the flag.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.exceptions import InvalidNetworkAttachmentIdError, InvalidSecurityGroupNotFoundError
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces

from ..faults import refuse
from ..patch import around
from .instance_limits import addresses_per_interface, most_interfaces


def check_free(eni: Any) -> None:
    """Refuse an interface that is attached already."""
    if eni.instance is not None:
        raise refuse(
            "InvalidNetworkInterface.InUse", f"Interface: [{eni.id}] is currently in use by {eni.instance.id}."
        )


def check_fits(eni: Any, instance_type: str) -> None:
    """Refuse an interface with more addresses than the instance type takes."""
    most = addresses_per_interface(instance_type)
    if len(eni.private_ip_addresses) > most:
        raise refuse(
            "InvalidInterface.IpAddressLimitExceeded",
            f"Interface {eni.id} exceeds the number of IP addresses ({most}) for instance type {instance_type}.",
        )


def forget(eni: Any) -> None:
    """Bring a detached interface back to the state of one that was never attached."""
    eni.instance = eni.attachment_id = eni.attach_time = None
    eni.status, eni.device_index, eni.delete_on_termination = "available", None, False


@around(NetworkInterfaceBackend, "attach_network_interface")
def attach_network_interface(original: Any, self: Any, eni_id: str, instance_id: str, device_index: int) -> Any:
    """Attach to a running or stopped instance with a free device index and room for it."""
    eni, instance = self.get_network_interface(eni_id), self.get_instance(instance_id)
    check_free(eni)
    if instance.state not in ("running", "stopped"):
        raise refuse("IncorrectInstanceState", f"Instance '{instance_id}' is not 'running' or 'stopped'.")
    if int(device_index) in instance.nics:
        raise refuse(
            "InvalidParameterValue",
            f"Instance '{instance_id}' already has an interface attached at device index '{device_index}'.",
        )
    if eni.availability_zone != instance._placement.zone:
        raise refuse(
            "InvalidParameterCombination",
            "You may not attach a network interface to an instance if they are not in the same availability zone",
        )
    if len(instance.nics) >= most_interfaces(instance.instance_type):
        raise refuse(
            "AttachmentLimitExceeded",
            f"Interface count {len(instance.nics) + 1} exceeds the limit for {instance.instance_type}",
        )
    check_fits(eni, instance.instance_type)
    return original(self, eni_id, instance_id, device_index)


@around(NetworkInterfaceBackend, "detach_network_interface")
def detach_network_interface(_original: Any, self: Any, attachment_id: str) -> None:
    """Detach any interface but the primary."""
    eni = next((eni for eni in self.enis.values() if eni.attachment_id == attachment_id), None)
    if eni is None:
        raise InvalidNetworkAttachmentIdError(attachment_id)
    if eni.device_index == 0:
        raise refuse(
            "OperationNotPermitted",
            "The network interface at device index 0 and networkCard index 0 cannot be detached.",
        )
    eni.instance.nics.pop(eni.device_index, None)
    forget(eni)


@around(ElasticNetworkInterfaces, "modify_network_interface_attribute")
def modify_network_interface_attribute(original: Any, self: Any) -> ActionResult:
    """Set the flag of the attachment, or leave the attribute to moto once its groups are known."""
    backend = self.ec2_backend
    eni = backend.get_network_interface(self._get_param("NetworkInterfaceId"))
    for group_id in self._get_param("Groups", []):
        group = backend.get_security_group_from_id(group_id)
        if group is None or group.vpc_id != eni.vpc_id:
            raise InvalidSecurityGroupNotFoundError(group_id)
    attachment = self._get_param("Attachment")
    if not attachment:
        return original(self)
    self.error_on_dryrun()
    if attachment.get("AttachmentId") != eni.attachment_id:
        raise InvalidNetworkAttachmentIdError(attachment.get("AttachmentId"))
    eni.delete_on_termination = attachment.get("DeleteOnTermination") is True
    return EmptyResult()
