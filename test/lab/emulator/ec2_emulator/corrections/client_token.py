"""Answer a repeated call with the same ClientToken as the first time, and make nothing twice.

https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
"""

import hashlib
import json
from typing import Any

from moto.ec2.responses import EC2Response

from ..faults import refuse
from ..patch import around

# What differs between two sendings of one request.
_UNSTABLE = {"ClientToken", "DryRun"}


def _answers(response: Any) -> dict[Any, Any]:
    """Return the answers given so far in this account and Region; a reset forgets them with the backend."""
    return response.ec2_backend.__dict__.setdefault("answers_by_client_token", {})


def _digest(response: Any) -> str:
    """Return what two identical requests have in common."""
    params = {key: value for key, value in response._get_params().items() if key not in _UNSTABLE}
    return hashlib.sha256(json.dumps(params, sort_keys=True, default=str).encode()).hexdigest()


def _once(perform: Any, response: Any, token: str) -> Any:
    key, digest = (response._get_action(), token), _digest(response)
    earlier = _answers(response).get(key)
    if earlier is not None:
        if earlier[0] != digest:
            raise refuse(
                "IdempotentParameterMismatch",
                "The client token that you provided was used with different parameters in an earlier request.",
            )
        return earlier[1]
    result = perform(response)
    _answers(response)[key] = (digest, result)
    return result


def _honour(action: str) -> None:
    @around(EC2Response, action)
    def honouring(original: Any, self: Any) -> Any:
        token = self._get_param("ClientToken")
        if not token or self._get_param("DryRun", False):
            return original(self)
        return _once(original, self, token)


for _action in ("create_network_interface", "create_route_table", "run_instances"):
    _honour(_action)
