"""Say blackhole of a route whose target is gone, and refuse a gateway of another network.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
"""

from typing import Any

from moto.ec2.models.internet_gateways import InternetGateway
from moto.ec2.models.route_tables import Route, RouteBackend

from ..faults import refuse
from ..patch import adds, around


@adds(Route)
@property
def state(self: Any) -> str:
    """``active``, or ``blackhole`` where a packet would go nowhere."""
    backend = self.route_table.ec2_backend
    if self.interface is not None:
        alive = self.interface.id in backend.enis and self.interface.instance is not None
    elif self.instance is not None:
        alive = self.instance.state == "running"
    elif isinstance(self.gateway, InternetGateway):
        attached = self.gateway.vpc is not None and self.gateway.vpc.id == self.route_table.vpc_id
        alive = attached and self.gateway.id in backend.internet_gateways
    else:
        alive = True
    return "active" if alive else "blackhole"


@around(RouteBackend, "create_route")
def create_route(original: Any, self: Any, route_table_id: str, *args: Any, **kwargs: Any) -> Any:
    """Refuse an internet gateway that is not attached to the table's VPC."""
    gateway_id = kwargs.get("gateway_id") or ""
    if gateway_id.startswith("igw-"):
        gateway, table = self.get_internet_gateway(gateway_id), self.get_route_table(route_table_id)
        if gateway.vpc is None or gateway.vpc.id != table.vpc_id:
            raise refuse(
                "InvalidParameterValue",
                f"route table {route_table_id} and network gateway {gateway_id} belong to different networks",
            )
    return original(self, route_table_id, *args, **kwargs)
