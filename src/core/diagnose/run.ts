import type { PairProof, PairUnderTest } from '../probe/proof.ts';
import type { Finding } from './finding.ts';
import type { FourWays } from './fourWays.ts';
import type { MailFacts } from './mail/mailFacts.ts';
import type { PacketWay } from './packetWay.ts';

/** What a validation found out about one pair. */
export interface RunRow {
  readonly pair: PairUnderTest;
  /** What a person calls the ENI. */
  readonly eni: string;
  readonly primary: boolean;
  readonly proof?: PairProof;
  readonly findings?: readonly Finding[];
  readonly ways?: FourWays;
  /** Absent in what earlier versions kept. */
  readonly way?: PacketWay;
  readonly mail?: MailFacts;
}

/** One validation, as it is kept and copied: plain JSON. */
export interface ValidationRun {
  readonly version: 1;
  /** ISO 8601, when it ended. */
  readonly at: string;
  readonly region: string;
  /** How the inbound direction was proven. */
  readonly method: 'listener' | 'service' | 'ssh';
  readonly ports: readonly number[];
  /** Whether the ports were tried only where a service of the guest takes connections. */
  readonly whereListening?: boolean;
  /** The host that it was tested from; empty for the machine of the extension. */
  readonly vantage: string;
  readonly rows: readonly RunRow[];
}
