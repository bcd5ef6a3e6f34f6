"""Let DryRun change nothing and answer DryRunOperation, for every action that takes it.

moto executes CreateVpc, CreateSubnet, CreateRoute, DeleteVpc and others in earnest.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html
"""

import inspect
from collections.abc import Callable
from typing import Any

from botocore import xform_name
from moto.core.utils import get_service_model
from moto.ec2.responses import EC2Response

from ..patch import around


def _ignores_dry_run(action: str) -> bool:
    """Tell whether moto has the action and never looks at DryRun in it."""
    method: Callable[..., Any] | None = getattr(EC2Response, action, None)
    return method is not None and "error_on_dryrun" not in inspect.getsource(method)


def _refuse_first(action: str) -> None:
    @around(EC2Response, action)
    def refusing(original: Any, self: Any) -> Any:
        self.error_on_dryrun()
        return original(self)


_model = get_service_model("ec2")
for _operation in _model.operation_names:
    _input = _model.operation_model(_operation).input_shape
    if _input is not None and "DryRun" in _input.members and _ignores_dry_run(xform_name(_operation)):
        _refuse_first(xform_name(_operation))
