"""Answer every error in EC2's XML with EC2's HTTP status, never in HTML.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
"""

import logging
from typing import Any

from botocore.model import OperationNotFoundError
from moto.core.responses import ActionResult, BaseResponse
from moto.ec2.responses import EC2Response
from moto.sts.responses import TokenResponse

from ..faults import refuse
from ..patch import around

log = logging.getLogger(__name__)

STATUS = {
    "AccessDenied": 403,
    "AuthFailure": 401,
    "DryRunOperation": 412,
    "ExpiredToken": 403,
    "InternalError": 500,
    "InvalidClientTokenId": 403,
    "UnauthorizedOperation": 403,
}


def _serialized(original: Any, self: Any, action_result: ActionResult) -> Any:
    """Give an error the status that the service gives it."""
    status, headers, body = original(self, action_result)
    code = getattr(action_result.result, "code", None)
    return (STATUS.get(code, status) if isinstance(code, str) else status), headers, body


for _response in (EC2Response, TokenResponse):
    around(_response, "serialized")(_serialized)


def _as_error(response: BaseResponse, error: Exception) -> Any:
    """Return EC2's words for what moto raised."""
    action = response._get_action()
    if isinstance(error, OperationNotFoundError):
        return refuse("InvalidAction", f"The action {action} is not valid for this web service.")
    if isinstance(error, NotImplementedError):
        return refuse("UnsupportedOperation", f"The emulator does not have {action}: {error}")
    log.error("%s failed", action, exc_info=error)
    return refuse("InternalError", f"An internal error has occurred: {error!r}")


@around(EC2Response, "_dispatch")
def dispatch(original: Any, self: Any, request: Any, full_url: str, headers: Any) -> Any:
    """Turn whatever escapes from moto into an answer."""
    try:
        return original(self, request, full_url, headers)
    except Exception as error:  # whatever it is, a client of EC2 expects XML
        return self.serialized(ActionResult(_as_error(self, error)))
