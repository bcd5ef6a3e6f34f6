import type { ResourceType } from '@aws-sdk/client-ec2';
import { shellQuote } from '../../base/quoting.ts';
import { tagsOn } from '../changes/tags.ts';
import type { Step } from '../handler.ts';

/** One call of the AWS CLI, its words quoted already. */
export interface CliCall {
  readonly words: readonly string[];
  /** JMESPath of the answer to the change's first output. */
  readonly query?: string;
}

/** What one change comes to in a shell. */
export interface CliChange {
  readonly call: CliCall;
  /** Lines before the call, such as a look-up. */
  readonly before?: readonly string[];
  /** Lines after the call, such as a wait. */
  readonly after?: readonly string[];
  /** What further outputs come from: shell words that print them. */
  readonly outputs?: Readonly<Record<string, string>>;
}

/** A call of `aws ec2` with its words. */
export function call(name: string, ...words: readonly string[]): CliCall {
  return { words: ['aws', 'ec2', name, ...words] };
}

/** A call of `aws ec2` of whose answer one value is wanted. */
export function ask(query: string, name: string, ...words: readonly string[]): CliCall {
  return { ...call(name, ...words), query };
}

/** A call as a line. */
export function line({ words, query }: CliCall): string {
  return [...words, ...(query === undefined ? [] : ['--query', shellQuote(query), '--output', 'text'])].join(
    ' ',
  );
}

/** The option that tags what a call makes, as the extension does, so that it finds it again. */
export function tagged(
  type: ResourceType,
  name: string,
  step: Step,
  more?: Readonly<Record<string, string>>,
): string {
  return `--tag-specifications ${json(tagsOn(type, step, name, more).TagSpecifications)}`;
}

/** A JSON value as one word. */
export function json(value: unknown): string {
  return shellQuote(JSON.stringify(value));
}
