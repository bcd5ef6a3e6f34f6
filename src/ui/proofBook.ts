import type { PairProof } from '../core/probe/proof.ts';

/** The last proof of a pair and when it was made. */
export interface ProvenPair {
  readonly proof: PairProof;
  readonly at: Date;
}

/** Remembers how each pair came out last, while VS Code runs. */
export class ProofBook {
  readonly #proofs = new Map<string, ProvenPair>();

  /** The key holds the EIP too: another EIP on the same address is not proven by the old one's proof. */
  static #key(eniId: string, address: string, publicIp: string | undefined): string {
    return `${eniId}/${address}/${publicIp ?? ''}`;
  }

  put(proof: PairProof, at: Date): void {
    const { networkInterfaceId, privateAddress, publicIp } = proof.pair;
    this.#proofs.set(ProofBook.#key(networkInterfaceId, privateAddress, publicIp), { proof, at });
  }

  get(eniId: string, address: string, publicIp: string | undefined): ProvenPair | undefined {
    return this.#proofs.get(ProofBook.#key(eniId, address, publicIp));
  }
}
