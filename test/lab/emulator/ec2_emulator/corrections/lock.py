"""Serve one EC2 call after the other, and count those that change something.

EC2's limits hold for calls side by side too; moto looks and then acts without a lock.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html (AddressLimitExceeded)
"""

from typing import Any

from moto.ec2.responses import EC2Response

from ..changes import LOCK, changes
from ..patch import around

READING = ("Describe", "Get", "List", "Search")


@around(EC2Response, "call_action")
def call_action(original: Any, self: Any) -> Any:
    """Hold the lock over the whole call."""
    with LOCK:
        answer = original(self)
        if int(answer[0]) < 300 and not self._get_action().startswith(READING):
            changes.note()
        return answer
