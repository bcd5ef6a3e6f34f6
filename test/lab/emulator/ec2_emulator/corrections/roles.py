"""Refuse who may not assume a role as STS refuses them: agreed roles, codes and tokens are the wrong ones.

An agreed role lasts for seconds, where STS has none that lasts for less than a quarter of an hour.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html (errors)
"""

import datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.sts.models import STSBackend
from moto.sts.responses import TokenResponse

from ..faults import refuse
from ..patch import around

CLOSED_ROLE = "closed"
BRIEF_ROLE = "brief"
BRIEF_SECONDS = 3
MFA_CODE = "824519"
EXPIRED_TOKEN = "expired.payload.signature"


def _refusal(response: Any) -> tuple[str, str] | None:
    action = response._get_action()
    role, code, token = (response._get_param(name) or "" for name in ("RoleArn", "TokenCode", "WebIdentityToken"))
    if response._get_param("SerialNumber") and code != MFA_CODE:
        return "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code."
    if action.startswith("AssumeRole") and role.endswith(f"/{CLOSED_ROLE}"):
        user = "User: arn:aws:iam::123456789012:user/lab is not authorized to perform"
        return "AccessDenied", f"{user}: sts:{action} on resource: {role}"
    if action == "AssumeRoleWithWebIdentity" and token == EXPIRED_TOKEN:
        return "ExpiredTokenException", "Token expired: current date/time must be before the expiration date/time"
    if action == "AssumeRoleWithWebIdentity" and token.count(".") != 2:
        return "InvalidIdentityToken", "The ID Token provided is not a valid JWT."
    return None


@around(TokenResponse, "call_action")
def call_action(original: Any, self: Any) -> Any:
    """Refuse before moto gives a role to anybody."""
    refusal = _refusal(self)
    return self.serialized(ActionResult(refuse(*refusal))) if refusal else original(self)


@around(STSBackend, "assume_role")
def assume_role(original: Any, self: Any, **kwargs: Any) -> Any:
    """Have the agreed role end soon."""
    role = original(self, **kwargs)
    if role.role_arn.endswith(f"/{BRIEF_ROLE}"):
        role.expiration = utcnow() + datetime.timedelta(seconds=BRIEF_SECONDS)
    return role
