"""Set, show and reset the reverse DNS name of an Elastic IP.

moto answers ModifyAddressAttribute and ResetAddressAttribute with HTTP 500.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyAddressAttribute.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddressesAttribute.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetAddressAttribute.html
"""

import re
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.elastic_ip_addresses import ElasticAddress
from moto.ec2.responses.elastic_ip_addresses import ElasticIPAddresses

from ..changes import later
from ..faults import refuse
from ..patch import adds, around
from ..settings import settings

_NAME = re.compile(r"^(?=.{1,253}\.?$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}\.?$")

ElasticAddress.ptr_record = None
ElasticAddress.ptr_record_update = None


def shown(eip: Any) -> dict[str, Any]:
    """Return the address as AddressAttribute shows it; what is not set is absent."""
    return {
        "PublicIp": eip.public_ip,
        "AllocationId": eip.allocation_id,
        "PtrRecord": eip.ptr_record,
        "PtrRecordUpdate": eip.ptr_record_update,
    }


def _start(eip: Any, name: str | None) -> ActionResult:
    """Begin a change: it is PENDING first, and in force a little later."""
    eip.ptr_record_update = {"Value": name or "", "Status": "PENDING"}

    def finish() -> None:
        eip.ptr_record, eip.ptr_record_update = name, None

    answer = ActionResult({"Address": shown(eip)})
    later(settings.transition_seconds, finish)
    return answer


def _find(response: Any) -> Any:
    return response.ec2_backend.address_by_allocation([response._get_param("AllocationId")])[0]


@adds(ElasticIPAddresses)
def modify_address_attribute(self: Any) -> ActionResult:
    """Answer ModifyAddressAttribute; the name ends in a dot once it is set."""
    eip, name = _find(self), self._get_param("DomainName") or ""
    if not _NAME.match(name):
        raise refuse("InvalidParameterValue", f"The domain name '{name}' is not valid.")
    self.error_on_dryrun()
    return _start(eip, name.rstrip(".") + ".")


@adds(ElasticIPAddresses)
def reset_address_attribute(self: Any) -> ActionResult:
    """Answer ResetAddressAttribute(Attribute=domain-name)."""
    eip = _find(self)
    if self._get_param("Attribute") != "domain-name":
        raise refuse("InvalidParameterValue", "The only attribute of an address is 'domain-name'.")
    self.error_on_dryrun()
    return _start(eip, None)


@around(ElasticIPAddresses, "describe_addresses_attribute")
def describe_addresses_attribute(_original: Any, self: Any) -> ActionResult:
    """Answer with the given addresses, or with all."""
    self.error_on_dryrun()
    found = self.ec2_backend.describe_addresses_attribute(self._get_param("AllocationIds", []))
    return ActionResult({"Addresses": [shown(eip) for eip in found]})
