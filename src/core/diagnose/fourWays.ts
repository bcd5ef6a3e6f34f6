import type { PairFacts } from './facts.ts';
import { nicOf } from './rules/addressInOs.ts';

/** What the four places say of one address; `undefined` where a place could not be asked. */
export interface FourWays {
  /** EC2: the address is assigned to the ENI, and with which EIP. */
  readonly ec2: { readonly publicIp?: string };
  /** The instance metadata service: whether it names the address, and with which EIP. */
  readonly metadata: { readonly held: boolean; readonly publicIp?: string } | undefined;
  /** The running system. */
  readonly live: boolean | undefined;
  /** The files that bring it at the next boot. */
  readonly files: boolean | undefined;
}

/** Puts together what each place says of a pair's address. Pure. */
export function fourWays(facts: PairFacts): FourWays {
  const { address, guest, eni } = facts;
  const { association } = address;
  const nic = nicOf(facts);
  const held = nic?.addresses.find((one) => one.address === address.address);
  return {
    ec2: association === undefined ? {} : { publicIp: association.publicIp },
    metadata: metadataOf(facts),
    live: guest === undefined ? undefined : held !== undefined,
    // What DHCP brings is brought again at the next boot.
    files:
      guest === undefined
        ? undefined
        : held?.dynamic === true || (address.primary && eni.attachment?.deviceIndex === 0)
          ? true
          : facts.onDisk,
  };
}

function metadataOf({ guest, eni, address }: PairFacts): FourWays['metadata'] {
  if (guest?.metadata === undefined) return undefined;
  const nic = guest.metadata.get(eni.mac.toLowerCase());
  const [publicIp] =
    [...(nic?.associations ?? [])].find(([, privateAddress]) => privateAddress === address.address) ?? [];
  const held = nic?.addresses.includes(address.address) ?? false;
  return publicIp === undefined ? { held } : { held, publicIp };
}
