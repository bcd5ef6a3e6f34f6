import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Fix } from '../../../src/core/diagnose/fix.ts';
import type { GuestFacts, Routing } from '../../../src/core/guest/facts.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { PairProof, PairUnderTest } from '../../../src/core/probe/proof.ts';
import type { VantageAnswer } from '../../../src/core/probe/vantage.ts';

import type { ExamineRequest, Named } from './examineRequest.ts';

/** What the operator works with: which guest, and how to get in. */
export interface Setting {
  readonly host: string;
  readonly user: string;
  readonly keyFile: string;
  readonly instanceId: string;
  readonly mac: string;
  readonly knownHosts: string;
  readonly echoUrl: string;
  /** EC2's, for what reads the Region. */
  readonly endpoint: string;
  /** What the person types, on the second try, where sudo asks; without it nothing. */
  readonly sudoPassword?: string | undefined;
}

/** An address and the Elastic IP through which it is to be found. */
export interface Through {
  readonly address: string;
  readonly publicIp: string;
}

/** A further ENI of the guest, with its addresses. */
export interface Further {
  readonly mac: string;
  readonly addresses: readonly string[];
  readonly routing: Routing;
}

/** What can be asked of the operator; each runs the core itself, in the operator's network namespace. */
export interface OperatorCalls {
  facts(): Promise<GuestFacts>;
  plan(given: { addresses: readonly string[]; through?: readonly Through[] }): Promise<Plan>;
  planRemoval(given: { addresses: readonly string[] }): Promise<Plan>;
  /** What stands there by hand gets our form. */
  planBetterForm(given: { addresses: readonly string[] }): Promise<Plan>;
  planFurther(given: Further): Promise<Plan>;
  planFurtherRemoval(given: Further): Promise<Plan>;
  /** What a cloned image brought, by the addresses that are the instance's own. */
  leftOvers(given: { addresses: readonly string[] }): Promise<string[]>;
  /** Reads what the guest remembers of its last change. */
  planRevert(): Promise<Plan>;
  apply(given: { plan: Plan; revertSeconds?: number }): Promise<{ roundTrips: number }>;
  /** Applies, but ends its process instead of coming back to confirm. */
  applyAndVanish(given: { plan: Plan; revertSeconds: number }): Promise<void>;
  /** Applies, and presses Revert Now as soon as that can be done. */
  applyAndRevertNow(given: { plan: Plan }): Promise<void>;
  undo(given: { plan: Plan }): Promise<void>;
  prove(given: {
    pairs: readonly PairUnderTest[];
    ports: readonly number[];
    cancelAfter?: number;
  }): Promise<PairProof[]>;
  proveBySsh(given: { pairs: readonly PairUnderTest[] }): Promise<PairProof[]>;
  /** Begins a proof and ends the whole process in the middle of it. */
  vanishWhileProving(given: { pairs: readonly PairUnderTest[]; port: number }): Promise<void>;
  examine(given: ExamineRequest): Promise<readonly Named[]>;
  /** Applies the plan of a fix; the guest's own gives it these addresses. */
  mend(given: { fix: Fix; addresses: readonly string[] }): Promise<void>;
  ask(given: { host: string; port: number }): Promise<VantageAnswer>;
  setSudoPassword(given: { password: string | undefined }): Promise<void>;
  knownHosts(): Promise<string>;
  setKnownHosts(given: { text: string }): Promise<void>;
}

/** One call on its way to the operator. */
export interface Question {
  readonly id: number;
  readonly name: keyof OperatorCalls;
  readonly given: unknown;
}

/** What comes back: a value, or an error as plain data. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly data: unknown };
}

/** An expected failure on the operator's side. */
export class OperatorError extends Error {
  readonly code: string;
  readonly data: unknown;

  constructor({ code, data }: { readonly code: string; readonly data: unknown }) {
    super(`${code} ${JSON.stringify(data)}`);
    this.code = code;
    this.data = data;
  }
}

/** A process in the operator's network namespace. */
export interface Operator {
  call<N extends keyof OperatorCalls>(
    name: N,
    ...given: Parameters<OperatorCalls[N]>
  ): Promise<Awaited<ReturnType<OperatorCalls[N]>>>;
  /** Resolves when the process has ended by itself. */
  readonly gone: Promise<unknown>;
  stop(): void;
}

/** Starts a process that is the operator. `enter` is what runs a command in its namespace. */
export function startOperator(enter: readonly string[], setting: Setting): Operator {
  const command: readonly string[] = [...enter, process.execPath, '--disable-warning=ExperimentalWarning'];
  const [execPath = '', ...execArgv] = command;
  const child = fork(join(import.meta.dirname, 'operatorMain.ts'), [JSON.stringify(setting)], {
    execPath,
    execArgv,
    serialization: 'advanced',
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  child.on('message', (message) => {
    const { id, value, error } = message as Answer;
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new OperatorError(error));
    waiting.delete(id);
  });
  const gone = once(child, 'exit').then(() => {
    for (const call of waiting.values()) call.reject(new Error('the operator has gone'));
  });
  return {
    call: (name, ...given) => {
      const answer = Promise.withResolvers<unknown>();
      last += 1;
      waiting.set(last, answer);
      child.send({ id: last, name, given: given[0] } satisfies Question);
      return answer.promise as never;
    },
    gone,
    stop: () => {
      child.kill();
    },
  };
}
