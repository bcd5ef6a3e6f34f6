import type { Fault, Outcome, Select } from '../call.ts';
import { isMutating } from '../select.ts';

/**
 * Lets describes lag: after each change that is selected, the first `answers` describes that were asked before in the same
 * words get the answer of that time again.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export function repeatOld(answers: number, select: Select = isMutating): Fault {
  const old = new Map<string, Outcome>();
  const left = new Map<string, number>();
  return async (call, forward) => {
    if (isMutating(call)) {
      if (select(call)) for (const words of old.keys()) left.set(words, answers);
      return forward();
    }
    const words = call.params.toString();
    const earlier = old.get(words);
    const remaining = left.get(words) ?? 0;
    if (earlier && remaining > 0) {
      left.set(words, remaining - 1);
      return earlier;
    }
    const fresh = await forward();
    old.set(words, fresh);
    return fresh;
  };
}
