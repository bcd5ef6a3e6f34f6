import type { CertificateProblem } from './certificate/judge.ts';
import type { KeyPairIdentity } from './publicKeys.ts';

/**
 * Something to do on a guest, as a value: preview, test and execution use the same one.
 *
 * `script` runs under POSIX sh. Input gets into it through `shellQuote` alone.
 */
export interface GuestOperation<T> {
  /** A short English name for logs and errors, such as `read the network configuration`. */
  readonly name: string;
  readonly script: string;
  /** Whether it needs root; a shell that is not root's runs it through sudo. */
  readonly asRoot: boolean;
  /**
   * Whether it must not outlive its caller: its descriptor 3 then ends when the caller cancels or is gone, and
   * the script has to end itself on that.
   */
  readonly endsWithCaller?: boolean;
  /** Reads what the script wrote; throws a `CoreError` where that is a failure. */
  parse(result: CommandResult): T;
}

/** How a command on a guest ended. */
export interface CommandResult {
  /** Exit code; 128 + n for a signal, -1 where the connection ended first. */
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** One SSH connection to a guest. */
export interface GuestShell {
  readonly host: string;
  readonly user: string;
  /** The private address that this connection arrived at, from `$SSH_CONNECTION`. */
  arrivedAt(signal?: AbortSignal): Promise<string>;
  /**
   * Runs an operation on a channel of its own; several run side by side.
   *
   * Rejects with the signal's reason when cancelled, and with `ssh.connectionLost` when the connection ends.
   */
  run<T>(operation: GuestOperation<T>, options?: RunOptions): Promise<T>;
  close(): void;
}

/** How an operation is run. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Told of each line of standard output as it comes, without its end. */
  readonly onLine?: (line: string) => void;
}

/** Where and as whom to log in. */
export interface SshTarget {
  readonly host: string;
  /** Usually 22. */
  readonly port: number;
  readonly user: string;
  /** Paths of private keys, tried in order; besides them the agent is asked where `agent` names one. */
  readonly keyFiles: readonly string[];
  readonly agent?: string;
  /** Of the keys in the agent, whether only those count that are also among `keyFiles`. */
  readonly identitiesOnly?: boolean;
  /** The instance's key pair, whose key is tried first where the agent has it. */
  readonly keyPair?: KeyPairIdentity;
  /** The bastion to go through; it may have one of its own. */
  readonly via?: SshTarget;
  /** What host keys are remembered under besides the address; an EIP can move to another instance. */
  readonly instanceId?: string;
  /** What its host key is known by instead of its address. */
  readonly alias?: string;
}

/** What a login to a target was found to be; whoever logs in again need not look again. */
export interface Acquaintance {
  uid?: number;
  /** Certificates of host keys, by whose they are; absent of whom has not been asked for one. */
  readonly certificates?: Map<string, Buffer | undefined>;
}

/** Makes a connection to one guest; every call makes a new one. */
export type OpenShell = (signal?: AbortSignal) => Promise<GuestShell>;

/** What a connection has to ask a person. */
export interface SshQuestions {
  /** Accept this key of a host that nobody has seen before? `problem` is why its certificate is not believed. */
  acceptHostKey(
    host: string,
    keyType: string,
    fingerprint: string,
    problem?: CertificateProblem,
  ): Promise<boolean>;
  /** The passphrase of an encrypted key, or `undefined` where the user gives none. */
  passphrase(keyFile: string): Promise<string | undefined>;
  /**
   * The password that sudo asks a user for, or `undefined` where the user gives none; `refused` where sudo did
   * not take the last one. Without it, sudo has to do without a password.
   */
  sudoPassword?(user: string, host: string, refused: boolean): Promise<string | undefined>;
}
