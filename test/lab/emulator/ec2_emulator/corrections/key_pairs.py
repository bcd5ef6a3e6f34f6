"""Find and delete a key pair by its id too, and name the one that is missing.

moto ignores ``KeyPairId`` and says that it deleted something; its error names every key of the request.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteKeyPair.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeKeyPairs.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidKeyPairNameError
from moto.ec2.models.key_pairs import KeyPairBackend
from moto.ec2.responses.key_pairs import KeyPairs

from ..faults import refuse
from ..patch import around


def _names(backend: Any, ids: list[str]) -> list[str]:
    """Return the names of the key pairs with these ids."""
    names = {key.id: name for name, key in backend.key_pairs.items()}
    for key_id in ids:
        if key_id not in names:
            raise refuse("InvalidKeyPair.NotFound", f"The keyPair ID '{key_id}' does not exist")
    return [names[key_id] for key_id in ids]


@around(KeyPairBackend, "describe_key_pairs")
def describe_key_pairs(original: Any, self: Any, key_names: list[str], filters: Any = None) -> Any:
    """Name the first key pair that does not exist."""
    for name in key_names:
        if name is not None and name not in self.key_pairs:
            raise InvalidKeyPairNameError(name)
    return original(self, key_names, filters)


@around(KeyPairs, "describe_key_pairs")
def describe_key_pairs_response(original: Any, self: Any) -> ActionResult:
    """Take ids for the names that they stand for."""
    if ids := self._get_param("KeyPairIds", []):
        self.params["KeyNames"] = [*self._get_param("KeyNames", []), *_names(self.ec2_backend, ids)]
    return original(self)


@around(KeyPairs, "delete_key_pair")
def delete_key_pair(original: Any, self: Any) -> ActionResult:
    """Delete by name, which need not exist, or by an id that does."""
    if key_id := self._get_param("KeyPairId"):
        self.params["KeyName"] = _names(self.ec2_backend, [key_id])[0]
    key = self.ec2_backend.key_pairs.get(self._get_param("KeyName"))
    result = original(self)
    if key is not None:
        self.ec2_backend.tags.pop(key.id, None)
    return result
