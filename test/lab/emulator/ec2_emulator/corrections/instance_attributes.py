"""Change the shutdown behaviour, and check the groups that an instance is given.

moto drops the one and makes None of an unknown group.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.exceptions import InvalidSecurityGroupNotFoundError
from moto.ec2.responses.instances import InstanceResponse

from ..faults import refuse
from ..patch import around


@around(InstanceResponse, "modify_instance_attribute")
def modify_instance_attribute(original: Any, self: Any) -> ActionResult:
    """Change the one attribute that the request names."""
    backend = self.ec2_backend
    instance = backend.get_instance(self._get_param("InstanceId"))
    for group_id in self._get_param("Groups", []):
        if backend.get_security_group_from_id(group_id) is None:
            raise InvalidSecurityGroupNotFoundError(group_id)
    behaviour = self._get_param("InstanceInitiatedShutdownBehavior.Value")
    if behaviour is None:
        return original(self)
    if behaviour not in ("stop", "terminate"):
        raise refuse(
            "InvalidParameterValue",
            f"Value ({behaviour}) for parameter instanceInitiatedShutdownBehavior is invalid.",
        )
    self.error_on_dryrun()
    instance.instance_initiated_shutdown_behavior = behaviour
    return EmptyResult()
