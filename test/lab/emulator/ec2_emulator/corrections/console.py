"""Answer GetConsoleOutput with what the lab's guest printed, not with a canned text.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.responses.general import General
from moto.ec2.utils import Base64EncodedString

from ..patch import around

LAST_BYTES = 65536


def set_console_output(instance: Any, text: str) -> None:
    """Keep the last 64 KB, which is all that EC2 keeps."""
    instance.console_output = text.encode()[-LAST_BYTES:].decode(errors="ignore")
    instance.console_output_time = utcnow()


@around(General, "get_console_output")
def get_console_output(_original: Any, self: Any) -> ActionResult:
    """Answer with the text, or without Output where nothing was printed yet."""
    instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    self.error_on_dryrun()
    text = getattr(instance, "console_output", "")
    output = {"Output": Base64EncodedString.from_raw_string(text)} if text else {}
    time = getattr(instance, "console_output_time", instance.launch_time)
    return ActionResult({"InstanceId": instance.id, "Timestamp": time, **output})
