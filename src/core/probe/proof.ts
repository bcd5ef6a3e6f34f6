/** One address pair that is to be proven. */
export interface PairUnderTest {
  readonly networkInterfaceId: string;
  readonly privateAddress: string;
  /** Absent where no EIP is associated. */
  readonly publicIp?: string;
}

/** How one direction of one pair came out. `unproven` is not `passed`: nothing could be said. */
export type Verdict =
  | { readonly state: 'pending' }
  | { readonly state: 'running' }
  | { readonly state: 'passed'; readonly milliseconds: number; readonly evidence: Evidence }
  | { readonly state: 'failed'; readonly milliseconds: number; readonly reason: FailureReason }
  | { readonly state: 'unproven'; readonly reason: FailureReason };

/** What a passed proof saw. */
export type Evidence =
  | { readonly kind: 'token'; readonly port: number; readonly localAddress: string }
  /** A service that holds the port already took the connection; the guest saw it arrive at this address. */
  | { readonly kind: 'service'; readonly port: number; readonly localAddress: string }
  | { readonly kind: 'ssh'; readonly localAddress: string }
  | { readonly kind: 'echo'; readonly seenAs: string };

/** Why a proof failed or could not be made. */
export type FailureReason =
  | { readonly code: 'timeout'; readonly host: string; readonly port: number }
  | { readonly code: 'refused'; readonly host: string; readonly port: number }
  | { readonly code: 'wrongAddress'; readonly expected: string; readonly actual: string }
  | { readonly code: 'wrongAnswer'; readonly answer: string }
  | { readonly code: 'addressNotInOs'; readonly address: string }
  | { readonly code: 'portTaken'; readonly address: string; readonly port: number }
  | { readonly code: 'noEip'; readonly address: string }
  /** Not tried: no service of the guest takes connections there, and none was asked for. */
  | { readonly code: 'notListening'; readonly address: string; readonly ports: readonly number[] }
  | { readonly code: 'noTool'; readonly tried: readonly string[] }
  /** The vantage itself reaches nothing, so its silence says nothing. */
  | { readonly code: 'vantageOffline'; readonly vantage: string }
  | { readonly code: 'echoUnreachable'; readonly url: string }
  /** Nobody could log in to the guest, so it could not be asked. */
  | { readonly code: 'guestUnreachable'; readonly host: string }
  | { readonly code: 'guestLost'; readonly host: string }
  /** The proof could not be carried out; `message` is English, from the guest or this machine. */
  | { readonly code: 'error'; readonly message: string }
  | { readonly code: 'cancelled' };

/** How one port of a pair came out. */
export interface PortVerdict {
  readonly port: number;
  readonly verdict: Verdict;
}

/** Both directions of one pair. */
export interface PairProof {
  readonly pair: PairUnderTest;
  readonly inbound: Verdict;
  readonly outbound: Verdict;
  /** Each port of the inbound direction, once that is decided; absent where it was no matter of ports. */
  readonly ports?: readonly PortVerdict[];
}

/** Told whenever a verdict changes. */
export type ProofListener = (proof: PairProof) => void;
