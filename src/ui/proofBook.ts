import type { PairProof } from '../core/probe/proof.ts';

/** The last proof of a pair and when it was made. */
export interface ProvenPair {
  readonly proof: PairProof;
  readonly at: Date;
}

/** Remembers how each pair came out last, while VS Code runs. */
export class ProofBook {
  readonly #proofs = new Map<string, ProvenPair>();
  readonly #listeners = new Set<() => void>();

  /** Calls back when a proof was put in; gives what ends that. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  put(proof: PairProof, at: Date): void {
    const { networkInterfaceId, privateAddress, publicIp } = proof.pair;
    this.#proofs.set(key(networkInterfaceId, privateAddress, publicIp), { proof, at });
    for (const listener of this.#listeners) listener();
  }

  /** Forgets all: another account is shown. */
  clear(): void {
    this.#proofs.clear();
  }

  get(eniId: string, address: string, publicIp: string | undefined): ProvenPair | undefined {
    return this.#proofs.get(key(eniId, address, publicIp));
  }
}

/** Holds the EIP too: another EIP on the same address is not proven by the old one's proof. */
function key(eniId: string, address: string, publicIp: string | undefined): string {
  return `${eniId}/${address}/${publicIp ?? ''}`;
}
