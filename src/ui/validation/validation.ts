import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni, PrivateAddress } from '../../core/model/network.ts';
import type { PairProof, PairUnderTest } from '../../core/probe/proof.ts';
import { prove } from '../../core/probe/prove.ts';
import type { GuestAccess } from '../guest/access.ts';
import { eniTitle } from '../tree/labels.ts';
import type { ValidationRow } from './validationView.ts';

/** What proving pairs needs. */
export interface ValidationOptions {
  readonly access: GuestAccess;
  readonly ports: readonly number[];
  readonly echoUrl: string;
  readonly signal: AbortSignal;
  readonly onProof: (proof: PairProof) => void;
}

function underTest(eni: Eni, { address, association }: PrivateAddress): PairUnderTest {
  return {
    networkInterfaceId: eni.id,
    privateAddress: address,
    ...(association === undefined ? {} : { publicIp: association.publicIp }),
  };
}

/** The rows of some ENIs, before anything is tested. */
export function rowsOf(enis: readonly Eni[]): readonly ValidationRow[] {
  return enis.flatMap((eni) =>
    eni.addresses.map((address) => ({
      pair: underTest(eni, address),
      eni: eniTitle(eni),
      primary: address.primary,
    })),
  );
}

async function proveEni(index: InventoryIndex, eni: Eni, options: ValidationOptions): Promise<void> {
  const open = await options.access.shellOf(index, eni);
  const shell = await open(options.signal);
  try {
    await prove({
      pairs: eni.addresses.map((address) => underTest(eni, address)),
      shell,
      echoUrl: options.echoUrl,
      inbound: { kind: 'listener', ports: options.ports },
      signal: options.signal,
      onProof: options.onProof,
    });
  } finally {
    shell.close();
  }
}

/** Proves all pairs of some ENIs; the ENIs one after another, so that a person is asked one thing at a time. */
export async function validate(
  index: InventoryIndex,
  enis: readonly Eni[],
  options: ValidationOptions,
): Promise<void> {
  for (const eni of enis) await proveEni(index, eni, options);
}
