import type { Ec2 } from '../../src/core/aws/ec2.ts';
import { readInventory } from '../../src/core/aws/inventory.ts';
import { planOf } from '../../src/core/plan/stacks.ts';

/** A pair of the walk's stack; both addresses are there. */
export interface WalkedPair {
  readonly networkInterfaceId: string;
  readonly privateAddress: string;
  readonly publicIp: string;
}

/** What the walk needs to know of the stack that it made. */
export interface WalkedStack {
  readonly instanceId: string;
  readonly mac: string;
  readonly pairs: readonly WalkedPair[];
  readonly primary: WalkedPair;
  readonly secondary: WalkedPair;
}

/** Finds in the account the stack that a plan made. */
export async function readStack(ec2: Ec2, planId: string): Promise<WalkedStack> {
  const { enis, instances } = await readInventory(ec2);
  const eni = enis.find((candidate) => planOf(candidate) === planId);
  const instance = instances.find((candidate) => planOf(candidate) === planId);
  const pairs = (eni?.addresses ?? []).flatMap(({ address, association }) =>
    eni === undefined || association === undefined
      ? []
      : [{ networkInterfaceId: eni.id, privateAddress: address, publicIp: association.publicIp }],
  );
  const [primary, secondary] = pairs;
  if (eni === undefined || instance === undefined || primary === undefined || secondary === undefined) {
    throw new Error('the stack is not whole');
  }
  return { instanceId: instance.id, mac: eni.mac, pairs, primary, secondary };
}
