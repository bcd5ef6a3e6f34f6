"""Answer DescribeAccountAttributes from what is true here: the quota of Elastic IPs, the default VPC.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses.account_attributes import AccountAttributes

from ..faults import refuse
from ..patch import around
from ..settings import settings


@around(AccountAttributes, "describe_account_attributes")
def describe_account_attributes(_original: Any, self: Any) -> ActionResult:
    """Return the attributes that were asked for, or all."""
    default_vpc = self.ec2_backend.get_default_vpc()
    values = {
        "vpc-max-security-groups-per-interface": "5",
        "max-instances": "20",
        "supported-platforms": "VPC",
        "default-vpc": default_vpc.id if default_vpc else "none",
        "max-elastic-ips": str(settings.max_elastic_ips),
        "vpc-max-elastic-ips": str(settings.max_elastic_ips),
    }
    names = self._get_param("AttributeNames", []) or list(values)
    for name in names:
        if name not in values:
            raise refuse("InvalidParameterValue", f"The attribute '{name}' is invalid.")
    return ActionResult(
        {
            "AccountAttributes": [
                {"AttributeName": name, "AttributeValues": [{"AttributeValue": values[name]}]} for name in names
            ]
        }
    )
