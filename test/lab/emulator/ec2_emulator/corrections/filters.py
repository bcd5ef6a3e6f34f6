"""Refuse a filter that EC2 does not document; let one that it documents match nothing where a value is unset.

moto answers HTTP 500 in HTML to either.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html
"""

import functools
import re
from typing import Any

from botocore.loaders import create_loader
from moto.core.utils import get_service_model
from moto.ec2.models.core import TaggedEC2Resource
from moto.ec2.responses._base_response import EC2BaseResponse

from ..faults import refuse
from ..patch import around

_NAME = re.compile(r"<li> <p> <code>([^<]+)</code>")


@functools.cache
def documented(action: str) -> frozenset[str]:
    """Return the filter names that EC2's own API model documents for the action."""
    model = create_loader().load_service_model("ec2", "service-2")
    input_shape = get_service_model("ec2").operation_model(action).input_shape
    member = model["shapes"][input_shape.name]["members"].get("Filters", {})
    return frozenset(_NAME.findall(member.get("documentation", "")))


@around(EC2BaseResponse, "_filters_from_querystring")
def filters_from_querystring(original: Any, self: Any) -> dict[str, Any]:
    """Check the names before anything is looked up."""
    filters = original(self)
    known = documented(self._get_action()) | {"tag-value"}
    for name in filters:
        if name not in known and not name.startswith("tag:"):
            raise refuse("InvalidParameterValue", f"The filter '{name}' is invalid")
    return filters


@around(TaggedEC2Resource, "get_filter_value")
def get_filter_value(original: Any, self: Any, filter_name: str, method_name: str | None = None) -> Any:
    """Take an attribute that is there but unset for one that matches no value."""
    attribute = filter_name.lower().replace("-", "_")
    if hasattr(self, attribute) and getattr(self, attribute) is None:
        return []
    return original(self, filter_name, method_name)
