"""Name the key pair that is missing.

moto names every key of the request in its error, and an object's address for each that exists.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeKeyPairs.html
"""

from typing import Any

from moto.ec2.exceptions import InvalidKeyPairNameError
from moto.ec2.models.key_pairs import KeyPairBackend

from ..patch import around


@around(KeyPairBackend, "describe_key_pairs")
def describe_key_pairs(original: Any, self: Any, key_names: list[str], filters: Any = None) -> Any:
    """Name the first key pair that does not exist."""
    for name in key_names:
        if name is not None and name not in self.key_pairs:
            raise InvalidKeyPairNameError(name)
    return original(self, key_names, filters)
