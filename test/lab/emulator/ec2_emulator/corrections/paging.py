"""Cut long answers into pages by MaxResults and NextToken, within EC2's limits.

moto pages DescribeInstances alone, and cuts it at 100 even where nobody asked.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html (pagination)
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
"""

import base64
import binascii
import json
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import get_service_model
from moto.ec2.responses import EC2Response
from moto.ec2.responses.instances import InstanceResponse

from ..faults import refuse
from ..patch import around

LIMITS = {"DescribeInstanceTypes": (5, 100), "DescribeAddressesAttribute": (1, 1000)}
DEFAULT_LIMITS = (5, 1000)
ALWAYS_PAGED = {"DescribeInstanceTypes": 100}
NOT_WITH = {"DescribeInstances": "InstanceIds", "DescribeNetworkInterfaces": "NetworkInterfaceIds"}


def _is_paged(action: str) -> bool:
    model = get_service_model("ec2").operation_model(action)
    output = model.output_shape
    return output is not None and "NextToken" in output.members and "MaxResults" in model.input_shape.members


def _page_size(response: Any, action: str) -> int | None:
    """Return the checked MaxResults, or None where the whole answer goes at once."""
    size = response._get_param("MaxResults")
    if size is None:
        return ALWAYS_PAGED.get(action)
    least, most = LIMITS.get(action, DEFAULT_LIMITS)
    if not least <= int(size) <= most:
        relation, limit = ("greater than", least) if int(size) < least else ("less than", most)
        raise refuse(
            "InvalidParameterValue",
            f"Value ( {size} ) for parameter maxResults is invalid. Expecting a value {relation} {limit}.",
        )
    if action in NOT_WITH and response._get_param(NOT_WITH[action]):
        raise refuse(
            "InvalidParameterCombination",
            f"The parameter {NOT_WITH[action]} cannot be used with the parameter maxResults",
        )
    return int(size)


def _token(action: str, offset: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([action, offset]).encode()).decode()


def _offset(token: str | None, action: str) -> int:
    """Return where the page begins; a token that is not ours is an error."""
    if token is None:
        return 0
    try:
        of_action, offset = json.loads(base64.urlsafe_b64decode(token))
    except (binascii.Error, ValueError, TypeError):
        of_action, offset = None, 0
    if of_action != action:
        raise refuse("InvalidPaginationToken", f"The specified pagination token '{token}' is not valid or is expired.")
    return int(offset)


def cut(response: Any, action: str, result: dict[str, Any]) -> dict[str, Any]:
    """Return the page of ``result`` that the request asks for."""
    size, offset = _page_size(response, action), _offset(response._get_param("NextToken"), action)
    key = next(key for key, value in result.items() if isinstance(value, list))
    items = result[key]
    end = len(items) if size is None else offset + size
    more = {"NextToken": _token(action, end)} if end < len(items) else {}
    return {**result, key: items[offset:end], "NextToken": None, **more}


@around(EC2Response, "serialized")
def serialized(original: Any, self: Any, action_result: ActionResult) -> Any:
    """Cut the answer before it is written out."""
    action, result = self._get_action(), action_result.result
    if isinstance(result, dict) and _is_paged(action):
        try:
            action_result = ActionResult(cut(self, action, result))
        except Exception as error:  # it goes out as EC2's error answer, as one of moto's own does
            action_result = ActionResult(error)
    return original(self, action_result)


@around(InstanceResponse, "describe_instances")
def describe_instances(original: Any, self: Any) -> ActionResult:
    """Let moto return every reservation, for this module to cut."""
    asked = {key: self.params.pop(key) for key in ("MaxResults", "NextToken") if key in self.params}
    self.params["MaxResults"] = 10**9
    result = original(self)
    del self.params["MaxResults"]
    self.params.update(asked)
    return result
