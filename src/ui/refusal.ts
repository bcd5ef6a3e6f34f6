import type { CommandId } from './contributions.ts';

/**
 * Why a command cannot do what it was asked, in a sentence for a person; known to the UI alone.
 *
 * `remedy` is what is offered beside it: mostly to look anew, because somebody else may have made what is missing.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly remedy: CommandId | 'none';

  constructor(sentence: string, remedy: CommandId | 'none' = 'ec2MultiIp.refresh') {
    super(sentence);
    this.remedy = remedy;
  }
}
