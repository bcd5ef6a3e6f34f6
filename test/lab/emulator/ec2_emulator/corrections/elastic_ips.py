"""Give Elastic IPs out of one range within a quota, recover and release them as EC2 does.

moto gives 127.x.y.z, knows no quota, and takes any ``Address``, even one that is already there.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html
"""

from ipaddress import IPv4Network
from typing import Any

from moto.ec2.models import ec2_backends, elastic_network_interfaces
from moto.ec2.models.elastic_ip_addresses import ElasticAddress, ElasticAddressBackend
from moto.moto_api._internal import mock_random

from ..faults import refuse
from ..patch import adds, around
from ..settings import settings

# TEST-NET-2 (RFC 5737): the lab can route it without touching a real address.
POOL = [str(address) for address in IPv4Network("198.51.100.0/24").hosts()]


def _in_use() -> set[str]:
    """Return every public address of every account and Region."""
    backends = [backend for account in ec2_backends.values() for backend in account.values()]
    elastic = {eip.public_ip for backend in backends for eip in backend.addresses}
    return elastic | {eni.public_ip for backend in backends for eni in backend.enis.values() if eni.public_ip}


def free_public_ip() -> str:
    """Return a public address that nobody has; never a neighbour on purpose, as on EC2."""
    taken = _in_use()
    free = [address for address in POOL if address not in taken]
    if not free:
        raise refuse("InsufficientAddressCapacity", "Not enough free public addresses to satisfy the request.")
    return mock_random.choice(free)


elastic_network_interfaces.random_public_ip = free_public_ip


@adds(ElasticAddress)
@property
def network_border_group(self: Any) -> str:
    """The Region: nothing here is in a Local Zone."""
    return self.ec2_backend.region_name


@adds(ElasticAddress)
@property
def public_ipv4_pool(self: Any) -> str:
    """Amazon's own pool: nothing here was brought along."""
    return "amazon"


@around(ElasticAddressBackend, "allocate_address")
def allocate_address(
    original: Any, self: Any, domain: str, address: str | None = None, tags: dict[str, str] | None = None
) -> Any:
    """Allocate within the quota; ``address`` only recovers what this account released."""
    if len(self.addresses) >= settings.max_elastic_ips:
        raise refuse("AddressLimitExceeded", "The maximum number of addresses has been reached.")
    released: set[str] = self.__dict__.setdefault("released_addresses", set())
    if address is not None and (address not in released or address in _in_use()):
        raise refuse("InvalidAddress.NotFound", f"Address '{address}' not found.")
    released.discard(address or "")
    return original(self, domain, address=address or free_public_ip(), tags=tags)


@around(ElasticAddressBackend, "release_address")
def release_address(original: Any, self: Any, address: str | None = None, allocation_id: str | None = None) -> None:
    """Release what is neither associated nor locked by a reverse DNS record."""
    found = self.address_by_ip([address]) if address else self.address_by_allocation([allocation_id])
    eip = found[0]
    if eip.association_id:
        raise refuse(
            "InvalidIPAddress.InUse",
            f"Address {eip.public_ip} is in use by association {eip.association_id}. Disassociate it first.",
        )
    if getattr(eip, "ptr_record", None) or getattr(eip, "ptr_record_update", None):
        raise refuse(
            "InvalidAddress.Locked",
            f"The Elastic IP address {eip.public_ip} has a reverse DNS record. Reset its domain name first.",
        )
    self.addresses.remove(eip)
    self.tags.pop(eip.id, None)
    self.__dict__.setdefault("released_addresses", set()).add(eip.public_ip)
