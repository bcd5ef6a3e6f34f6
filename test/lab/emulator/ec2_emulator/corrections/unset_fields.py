"""Leave a field out where it has no value, as EC2 does.

moto says '' where there is no reason or group name, and sends an empty Association where there is none, so a
client cannot tell unset from empty.
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
    """Skip an empty string unless EC2 sends this one, and a structure that nothing is left of."""
    if shape.type_name == "string" and key not in SENT_EMPTY and self.get_value(value, key, shape) == "":
        return
    original(self, serialized, value, shape, key)
    name = self.get_serialized_name(shape, key)
    if shape.type_name == "structure" and serialized.get(name) == {}:
        del serialized[name]
