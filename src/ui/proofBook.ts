import type { PairProof } from '../core/probe/proof.ts';

/** The last proof of a pair and when it was made. */
export interface ProvenPair {
  readonly proof: PairProof;
  readonly at: Date;
}

/** Whether the guest's OS held an address, and when that was seen. */
export interface SeenInOs {
  readonly there: boolean;
  readonly at: Date;
}

/** What a proof says of the guest's OS: what passed in either direction went through the address there. */
function inOs({ inbound, outbound }: PairProof): boolean | undefined {
  const verdicts = [inbound, outbound];
  if (verdicts.some((it) => 'reason' in it && it.reason.code === 'addressNotInOs')) return false;
  return verdicts.some(({ state }) => state === 'passed') ? true : undefined;
}

/** Remembers how each pair came out last, while VS Code runs. */
export class ProofBook {
  readonly #proofs = new Map<string, ProvenPair>();
  readonly #os = new Map<string, SeenInOs>();
  readonly #listeners = new Set<() => void>();

  /** `over` calls back when nothing that was seen holds any more, such as of another account. */
  constructor(over?: (listener: () => void) => unknown) {
    over?.(() => {
      this.#proofs.clear();
      this.#os.clear();
    });
  }

  /** Calls back when a proof was put in; gives what ends that. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  put(proof: PairProof, at: Date): void {
    const { networkInterfaceId, privateAddress, publicIp } = proof.pair;
    this.#proofs.set(key(networkInterfaceId, privateAddress, publicIp), { proof, at });
    const there = inOs(proof);
    if (there !== undefined) this.#os.set(key(networkInterfaceId, privateAddress, ''), { there, at });
    this.#tell();
  }

  /** Puts down which addresses of an ENI the guest's OS holds. */
  putOs(eniId: string, seen: ReadonlyMap<string, boolean>, at: Date): void {
    for (const [address, there] of seen) {
      this.#os.set(key(eniId, address, ''), { there, at });
      if (!there) this.#forgetPassed(key(eniId, address, ''));
    }
    this.#tell();
  }

  /** What passed through an address that the OS has lost since proves nothing any more. */
  #forgetPassed(address: string): void {
    for (const [id, { proof }] of this.#proofs) {
      if (id.startsWith(address) && inOs(proof) === true) this.#proofs.delete(id);
    }
  }

  /** What was last seen of an address in the guest's OS. */
  os(eniId: string, address: string): SeenInOs | undefined {
    return this.#os.get(key(eniId, address, ''));
  }

  get(eniId: string, address: string, publicIp: string | undefined): ProvenPair | undefined {
    return this.#proofs.get(key(eniId, address, publicIp));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Holds the EIP too: another EIP on the same address is not proven by the old one's proof. */
function key(eniId: string, address: string, publicIp: string | undefined): string {
  return `${eniId}/${address}/${publicIp ?? ''}`;
}
