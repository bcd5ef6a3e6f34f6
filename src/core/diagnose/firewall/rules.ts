/** A TCP packet as rules see it; what is `undefined` nobody knows. */
export interface Packet {
  readonly hook: 'prerouting' | 'input' | 'output' | 'postrouting';
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly sourcePort: number | undefined;
  readonly destinationPort: number | undefined;
  readonly nicIn: string | undefined;
  readonly nicOut: string | undefined;
  readonly state: 'new' | 'established';
}

/** Whether something is so; `undefined` where that cannot be told. */
export type Perhaps = boolean | undefined;

/** One rule: what it asks of a packet, and what then becomes of it. */
export interface FirewallRule {
  /** The rule as its tool shows it. */
  readonly shown: string;
  readonly matches: (packet: Packet) => Perhaps;
  readonly verdict: RuleVerdict;
}

/** What a rule does with a packet that it matches. */
export type RuleVerdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** A list of rules; one with a hook is where packets come in, and its policy decides at its end. */
export interface FirewallChain {
  readonly name: string;
  readonly rules: readonly FirewallRule[];
  readonly hook?: string;
  readonly policy?: 'accept' | 'drop';
}

/** All of several questions answered with yes. */
export function every(answers: readonly Perhaps[]): Perhaps {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** At least one of several questions answered with yes. */
export function some(answers: readonly Perhaps[]): Perhaps {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** The opposite. */
export function not(answer: Perhaps): Perhaps {
  return answer === undefined ? undefined : !answer;
}
