"""https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html"""

from collections.abc import Iterator
from typing import Any

from moto.ec2.models import EC2Backend

import ec2_emulator.corrections  # noqa: F401


class Unscannable(dict[str, Any]):
    """Tags by resource, which can be looked up but not walked over."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("every tag of the account was scanned")

    copy = items = values = keys = __iter__  # type: ignore[assignment]


def test_the_tags_of_one_resource_are_looked_up_not_searched_for() -> None:
    backend = EC2Backend("us-east-1", "123456789012")
    gateway = backend.create_internet_gateway([{"Key": "plan", "Value": "1"}])
    backend.tags = Unscannable(backend.tags)
    assert [(tag["key"], tag["value"]) for tag in gateway.get_tags()] == [("plan", "1")]
