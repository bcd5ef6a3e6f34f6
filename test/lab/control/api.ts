import type { EmulatorState } from '../emulator/state.ts';
import type { Finished } from '../process/run.ts';

/** What a lab tells about itself; it does not change while the lab runs. */
export interface LabDescription {
  /** EC2's endpoint as seen by the operator, through the fault proxy. */
  readonly endpoint: string;
  /** Unix socket that leads to the same endpoint, from any network namespace. */
  readonly endpointSocket: string;
  /** Page that answers its caller's address and a newline, as seen by guests and by the operator. */
  readonly echoUrl: string;
  /** Arguments that run a command as the operator: in its network namespace, with the machine's files. */
  readonly enterOperator: readonly string[];
  readonly runDirectory: string;
}

/** One guest. Process ids and paths are those of the machine outside. */
export interface GuestDescription {
  readonly instanceId: string;
  /** Its file system; outlives a stop, ends with the instance. */
  readonly rootDirectory: string;
  readonly primaryAddress: string;
  /** Whether it has had its address and its SSH server since it was switched on. */
  readonly up: boolean;
  /** Its first process; absent while it is off. */
  readonly pid?: number;
  /** Files that `nsenter` takes; absent while it is off. */
  readonly namespaces?: { readonly net: string; readonly mnt: string; readonly pid: string };
}

/** One call to EC2 that went through the fault proxy. */
export interface CallDescription {
  /** EC2's name of the action, such as `AllocateAddress`. */
  readonly action: string;
  /** Every parameter, under its name on the wire, such as `Filter.1.Name`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly milliseconds: number;
  /** The HTTP status; absent where the client got no answer. */
  readonly status?: number;
}

/** Every request that a lab takes on its control socket, with what it is given and what it answers. */
export interface ControlRequests {
  describe: { given: undefined; answer: LabDescription };
  settle: { given: undefined; answer: undefined };
  guests: { given: undefined; answer: readonly GuestDescription[] };
  runInGuest: { given: { instanceId: string; script: string }; answer: Finished };
  state: { given: undefined; answer: EmulatorState };
  reset: { given: undefined; answer: undefined };
  seed: { given: number; answer: undefined };
  setQuota: { given: number; answer: undefined };
  setConsoleOutput: { given: { instanceId: string; text: string }; answer: undefined };
  setLatency: { given: number; answer: undefined };
  setOutboundMail: { given: boolean; answer: undefined };
  calls: { given: undefined; answer: readonly CallDescription[] };
  clearCalls: { given: undefined; answer: undefined };
  stop: { given: undefined; answer: undefined };
}

/** How each request is served. */
export type ControlHandlers = {
  readonly [Name in keyof ControlRequests]: (
    given: ControlRequests[Name]['given'],
  ) => Promise<ControlRequests[Name]['answer']>;
};
