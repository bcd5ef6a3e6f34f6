"""Refuse access key ids the way EC2 and STS refuse credentials that are wrong or expired.

Expired are an agreed key, a role's whose time is over, and one that says itself until when it is good.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (AuthFailure, RequestExpired)
https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
"""

import time
from typing import Any

from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import utcnow
from moto.ec2.responses import EC2Response
from moto.sts.models import sts_backends
from moto.sts.responses import TokenResponse

from ..faults import refuse
from ..patch import around

INVALID_KEY = "AKIAINVALID000000000"
EXPIRED_KEY = "ASIAEXPIRED000000000"
DENIED_KEY = "AKIADENIED0000000000"
OTHER_ACCOUNT_KEY = "AKIAOTHERACCOUNT0000"
OTHER_ACCOUNT = "210987654321"

# Followed by the time of its end, in tenths of a second since 1970.
UNTIL_KEY = "ASIAUNTIL"

EC2_REFUSALS = {
    INVALID_KEY: ("AuthFailure", "AWS was not able to validate the provided access credentials"),
    EXPIRED_KEY: ("RequestExpired", "Request has expired."),
}
STS_REFUSALS = {
    INVALID_KEY: ("InvalidClientTokenId", "The security token included in the request is invalid."),
    EXPIRED_KEY: ("ExpiredToken", "The security token included in the request is expired"),
}


def _known_as(response: Any) -> str:
    """Return the key of a call; one whose time is over counts as the agreed one that has expired."""
    key = response.access_key or ""
    if key.startswith(UNTIL_KEY):
        return EXPIRED_KEY if time.time() * 10 > int(key.removeprefix(UNTIL_KEY)) else key
    role = sts_backends[response.current_account][response.partition].get_assumed_role_from_access_key(key)
    return EXPIRED_KEY if role and role.expiration < utcnow() else key


@around(EC2Response, "call_action")
def call_ec2(original: Any, self: Any) -> Any:
    """Refuse before the call has any effect."""
    refusal = EC2_REFUSALS.get(_known_as(self))
    if self.access_key == DENIED_KEY:
        action = f"ec2:{self._get_action()}"
        refusal = (
            "UnauthorizedOperation",
            "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/lab is not "
            f"authorized to perform: {action} because no identity-based policy allows the {action} action",
        )
    return self.serialized(ActionResult(refuse(*refusal))) if refusal else original(self)


@around(TokenResponse, "call_action")
def call_sts(original: Any, self: Any) -> Any:
    """Refuse before the call has any effect."""
    refusal = STS_REFUSALS.get(_known_as(self))
    return self.serialized(ActionResult(refuse(*refusal))) if refusal else original(self)


@around(BaseResponse, "get_current_account")
def get_current_account(original: Any, self: Any) -> str:
    """Give one agreed key an account of its own, so that two accounts can be told apart."""
    return OTHER_ACCOUNT if self.get_access_key() == OTHER_ACCOUNT_KEY else original(self)
