import type { Eip, Eni, PrivateAddress } from '../model/network.ts';

type Placed = Eip & Required<Pick<Eip, 'association'>>;

/**
 * Joins what the describes of ENIs and of EIPs say about pairs, so that each is on both sides.
 *
 * Either may lag behind and know less; where both know, the EIP's own record holds. An EIP on an ENI that
 * somebody manages is that somebody's too.
 */
export function joinPairs(
  enis: readonly Eni[],
  eips: readonly Eip[],
): { readonly enis: readonly Eni[]; readonly eips: readonly Eip[] } {
  const onEnis = placesByAllocation(enis);
  const managers = new Map(enis.map((eni) => [eni.id, eni.managedBy]));
  const joinedEips = eips
    .map((eip) => withPlace(eip, onEnis))
    .map((eip) => withManager(eip, managers.get(eip.association?.networkInterfaceId ?? '')));
  const placed = joinedEips.filter((eip): eip is Placed => eip.association !== undefined);
  const byPlace = new Map(
    placed.map((eip) => [placeOf(eip.association.networkInterfaceId, eip.association.privateAddress), eip]),
  );
  const known = new Set(eips.map(({ allocationId }) => allocationId));
  const joinedEnis = enis.map((eni) => ({
    ...eni,
    addresses: eni.addresses.map((address) =>
      withEip(address, byPlace.get(placeOf(eni.id, address.address)), known),
    ),
  }));
  return { enis: joinedEnis, eips: joinedEips };
}

type Place = NonNullable<Eip['association']>;

function placesByAllocation(enis: readonly Eni[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const { id, addresses, attachment } of enis) {
    for (const { address, association } of addresses) {
      if (association?.allocationId === undefined) continue;
      places.set(association.allocationId, {
        associationId: association.associationId,
        networkInterfaceId: id,
        privateAddress: address,
        ...(attachment !== undefined && { instanceId: attachment.instanceId }),
      });
    }
  }
  return places;
}

function withPlace(eip: Eip, places: ReadonlyMap<string, Place>): Eip {
  const association = eip.association ?? places.get(eip.allocationId);
  return association === undefined ? eip : { ...eip, association };
}

function withManager(eip: Eip, manager: string | undefined): Eip {
  return eip.managedBy === undefined && manager !== undefined ? { ...eip, managedBy: manager } : eip;
}

function withEip(
  address: PrivateAddress,
  eip: Placed | undefined,
  known: ReadonlySet<string>,
): PrivateAddress {
  const { association: old, ...bare } = address;
  if (eip !== undefined) {
    const { associationId } = eip.association;
    return {
      ...bare,
      association: { associationId, allocationId: eip.allocationId, publicIp: eip.publicIp },
    };
  }
  // The ENI still shows an EIP whose own record says that it is elsewhere.
  const elsewhere = old?.allocationId !== undefined && known.has(old.allocationId);
  return elsewhere || old === undefined ? bare : { ...bare, association: old };
}

function placeOf(eniId: string, address: string): string {
  return `${eniId} ${address}`;
}
