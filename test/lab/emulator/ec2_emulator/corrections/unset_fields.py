"""Leave a field out where it has no value, as EC2 does.

moto says '' where a key, a name or an id is not there, so a client cannot tell unset from empty.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html
"""

from typing import Any

from moto.core.serialize import EC2Serializer

from ..patch import around

# The ones that EC2 itself sends empty.
SENT_EMPTY = {
    "Description",
    "GroupDescription",
    "PrivateDnsName",
    "PublicDnsName",
    "StateTransitionReason",
    "Value",
}


@around(EC2Serializer, "_serialize_structure_member")
def serialize_structure_member(original: Any, self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """Skip an empty string unless EC2 sends this one."""
    if shape.type_name == "string" and key not in SENT_EMPTY and self.get_value(value, key, shape) == "":
        return
    original(self, serialized, value, shape, key)
