import type { Finding } from '../../../src/core/diagnose/finding.ts';
import type { FourWays } from '../../../src/core/diagnose/fourWays.ts';
import type { MailNamesOptions } from '../../../src/core/diagnose/mail/lookUpNames.ts';
import type { PairProof, PairUnderTest } from '../../../src/core/probe/proof.ts';

/** What the operator is to examine, and from where. */
export interface ExamineRequest {
  readonly pairs: readonly PairUnderTest[];
  readonly ports: readonly number[];
  readonly method: 'listener' | 'service';
  readonly whereListening?: boolean;
  readonly mailHost?: string;
  readonly mailNames?: MailNamesOptions;
  /** The EIP of another guest to test from; this machine without it. */
  readonly via?: string;
  readonly echoUrl?: string;
  /** 1,000 unless given. */
  readonly timeoutMilliseconds?: number;
}

/** What was found out about one pair. */
export interface Named {
  readonly proof: PairProof;
  readonly findings: readonly Finding[];
  readonly ways: FourWays;
}
