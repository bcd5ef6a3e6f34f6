"""Check private addresses when an interface is made or gets more, and take them away properly.

moto accepts addresses outside the subnet, reserved or taken ones, makes unknown security groups up, and
lets the primary address go.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateIpAddresses.html
https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
"""

from ipaddress import IPv4Address
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidSecurityGroupNotFoundError
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces

from ..faults import refuse
from ..patch import around
from .instance_limits import addresses_per_interface
from .pairing import disassociate, eips_of, pair

MAX_GROUPS = 5
FIRST_USABLE = 4


def addresses_of(eni: Any) -> list[str]:
    """Return the interface's private addresses in the order in which they were assigned."""
    return [entry["PrivateIpAddress"] for entry in eni.private_ip_addresses]


def _owners(subnet: Any) -> dict[str, Any]:
    """Return which interface holds which address of the subnet."""
    enis = [eni for eni in subnet.ec2_backend.enis.values() if eni.subnet.id == subnet.id]
    return {address: eni for eni in enis for address in addresses_of(eni)}


def _reserved(subnet: Any) -> set[IPv4Address]:
    """Return the first four addresses of the subnet and the last: EC2 keeps those for itself."""
    return {*(subnet.cidr.network_address + n for n in range(FIRST_USABLE)), subnet.cidr.broadcast_address}


def _check_usable(subnet: Any, address: str) -> None:
    """Refuse what no interface of this subnet may have."""
    try:
        parsed = IPv4Address(address)
    except ValueError:
        raise refuse("InvalidParameterValue", f"invalid value for parameter address: {address}") from None
    if parsed not in subnet.cidr:
        raise refuse("InvalidParameterValue", f"Address {address} does not fall within the subnet's address range")
    if parsed in _reserved(subnet):
        raise refuse("InvalidParameterValue", f"Address {address} is in subnet's reserved address range")


def _check_distinct(addresses: list[str]) -> None:
    for address in addresses:
        if addresses.count(address) > 1:
            raise refuse("InvalidParameterValue", f"Duplicate address {address} in the request")


def _free(subnet: Any, count: int, besides: list[str]) -> list[str]:
    """Return ``count`` free addresses of the subnet, from its upper end down and round again.

    Which ones EC2 picks is its own affair. At random, one in a hundred would be an address that a test is about to
    ask for by its number; those are low ones. One that was given back is not given out again at once.
    """
    taken = {*_owners(subnet), *besides}
    usable = subnet.cidr.num_addresses - len(_reserved(subnet))
    if usable - len(taken) < count:
        raise refuse(
            "InsufficientFreeAddressesInSubnet",
            "The specified subnet does not have enough free addresses to satisfy the request.",
        )
    chosen: list[str] = []
    while len(chosen) < count:
        last_picked = getattr(subnet, "last_picked", usable)
        subnet.last_picked = (last_picked - 1) % usable
        address = str(subnet.cidr.network_address + FIRST_USABLE + subnet.last_picked)
        if address not in taken:
            chosen.append(address)
    return chosen


def _check_groups(backend: Any, subnet: Any, group_ids: list[str]) -> None:
    """Refuse unknown groups, those of another VPC, and more than an interface takes."""
    if len(group_ids) > MAX_GROUPS:
        raise refuse(
            "SecurityGroupsPerInterfaceLimitExceeded",
            f"The maximum number of security groups per interface ({MAX_GROUPS}) has been reached.",
        )
    for group_id in group_ids:
        group = backend.get_security_group_from_id(group_id)
        if group is None:
            raise InvalidSecurityGroupNotFoundError(group_id)
        if group.vpc_id != subnet.vpc_id:
            raise refuse(
                "InvalidParameter",
                f"Security group {group_id} and subnet {subnet.id} belong to different networks.",
            )


def _requested(primary: str | None, entries: list[Any], count: int) -> tuple[str | None, list[str]]:
    """Return the requested primary address, if any, and the requested secondary ones."""
    given = [entry if isinstance(entry, dict) else {"PrivateIpAddress": entry} for entry in entries]
    marked = [entry["PrivateIpAddress"] for entry in given if entry.get("Primary")]
    if len(marked) + (primary is not None) > 1:
        raise refuse("InvalidParameterCombination", "Only one primary private IP address can be specified.")
    secondary = [entry["PrivateIpAddress"] for entry in given if not entry.get("Primary")]
    if secondary and count:
        raise refuse(
            "InvalidParameterCombination",
            "The parameters privateIpAddresses and secondaryPrivateIpAddressCount cannot be used together.",
        )
    return primary or (marked[0] if marked else None), secondary


@around(NetworkInterfaceBackend, "create_network_interface")
def create_network_interface(
    original: Any,
    self: Any,
    subnet: Any,
    private_ip_address: str | None,
    private_ip_addresses: list[Any] | None = None,
    group_ids: list[str] | None = None,
    *args: Any,
    secondary_ips_count: int | None = None,
    **kwargs: Any,
) -> Any:
    """Make the interface once every address and group of the request is known to be right."""
    subnet = self.get_subnet(subnet) if isinstance(subnet, str) else subnet
    count = int(secondary_ips_count or 0)
    primary, secondary = _requested(private_ip_address, private_ip_addresses or [], count)
    _check_groups(self, subnet, group_ids or [])
    given = [*([primary] if primary else []), *secondary]
    _check_distinct(given)
    owners = _owners(subnet)
    for address in given:
        _check_usable(subnet, address)
        if address in owners:
            raise refuse("InvalidIPAddress.InUse", "The specified address is already in use.")
    chosen = _free(subnet, count + (primary is None), given)
    addresses = [primary or chosen.pop(), *secondary, *chosen]
    eni = original(
        self,
        subnet,
        addresses[0],
        [{"Primary": n == 0, "PrivateIpAddress": address} for n, address in enumerate(addresses)],
        group_ids,
        *args,
        **kwargs,
    )
    if not eni.requester_managed:
        eni.requester_id = None
    return eni


def _check_room(eni: Any, more: int) -> None:
    """Refuse more addresses than the type of the attached instance takes."""
    if eni.instance is None:
        return
    most = addresses_per_interface(eni.instance.instance_type)
    if len(eni.private_ip_addresses) + more > most:
        raise refuse("PrivateIpAddressLimitExceeded", f"Number of private addresses will exceed limit ({most}).")


def _move(former: Any, eni: Any, address: str) -> None:
    """Move an address to another interface, together with its Elastic IP."""
    eip = eips_of(former).get(address)
    if eip is not None:
        disassociate(eip)
    former.private_ip_addresses = [e for e in former.private_ip_addresses if e["PrivateIpAddress"] != address]
    eni.private_ip_addresses.append({"Primary": False, "PrivateIpAddress": address})
    if eip is not None:
        pair(eip, eni, address)


def _assign(eni: Any, addresses: list[str], allow_move: bool) -> None:
    """Assign all of the addresses or none."""
    _check_distinct(addresses)
    owners = _owners(eni.subnet)
    for address in addresses:
        _check_usable(eni.subnet, address)
        owner = owners.get(address)
        if owner is not None and (owner is eni or not allow_move):
            raise refuse("InvalidParameterValue", f"Some of {addresses} are assigned, but move is not allowed.")
        if owner is not None and owner.private_ip_address == address:
            raise refuse("InvalidParameterValue", f"Address {address} is the primary address of {owner.id}")
    _check_room(eni, len(addresses))
    for address in addresses:
        if address in owners:
            _move(owners[address], eni, address)
        else:
            eni.private_ip_addresses.append({"Primary": False, "PrivateIpAddress": address})


@around(ElasticNetworkInterfaces, "assign_private_ip_addresses")
def assign_private_ip_addresses(_original: Any, self: Any) -> ActionResult:
    """Answer AssignPrivateIpAddresses with what was newly assigned."""
    eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
    addresses = list(self._get_param("PrivateIpAddresses", []))
    count = self._get_int_param("SecondaryPrivateIpAddressCount", 0)
    if bool(addresses) == bool(count):
        raise refuse(
            "InvalidParameterCombination" if count else "MissingParameter",
            "Exactly one of privateIpAddresses and secondaryPrivateIpAddressCount must be specified.",
        )
    if count:
        _check_room(eni, count)
        addresses = _free(eni.subnet, count, [])
    _assign(eni, addresses, self._get_param("AllowReassignment", False) is True)
    return ActionResult(
        {
            "NetworkInterfaceId": eni.id,
            "AssignedPrivateIpAddresses": [{"PrivateIpAddress": address} for address in addresses],
        }
    )


@around(NetworkInterfaceBackend, "unassign_private_ip_addresses")
def unassign_private_ip_addresses(
    _original: Any, self: Any, eni_id: str, private_ip_address: list[str] | None = None
) -> Any:
    """Unassign secondary addresses, all or none; their Elastic IPs stay allocated."""
    eni = self.get_network_interface(eni_id)
    going = private_ip_address or []
    if eni.private_ip_address in going:
        raise refuse("InvalidParameterValue", f"The primary address of interface {eni_id} cannot be unassigned.")
    if not set(going) <= set(addresses_of(eni)):
        raise refuse("InvalidParameterValue", f"Some of the specified addresses are not assigned to interface {eni_id}")
    for address in going:
        if address in eips_of(eni):
            disassociate(eips_of(eni)[address])
    eni.private_ip_addresses = [e for e in eni.private_ip_addresses if e["PrivateIpAddress"] not in going]
    return eni
