"""Give an image the owner alias that it has on EC2.

moto says ``amazon`` of every image that it loads, and loads images with a creation date once only.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
"""

import copy
from typing import Any

from moto.ec2.models import amis
from moto.ec2.models.amis import Ami, AmiBackend

from ..patch import around

AMAZON = "137112412989"
_LOADED = copy.deepcopy(amis.AMIS)


@around(Ami, "__init__")
def init(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """Leave the alias to Amazon's own images."""
    original(self, *args, **kwargs)
    if self.owner_id != AMAZON:
        self.owner_alias = None


@around(AmiBackend, "_load_amis")
def load_amis(original: Any, self: Any) -> None:
    """Load from a fresh copy: moto changes its list while it reads it, and cannot read it a second time."""
    amis.AMIS = copy.deepcopy(_LOADED)
    original(self)
