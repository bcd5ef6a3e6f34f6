import type { Fault } from '../call.ts';

/**
 * Lets DescribeInstances say that every instance is in one state after the other, the last one for ever.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html
 */
export function showStates(...states: readonly string[]): Fault {
  const left = [...states];
  return async (call, forward) => {
    const outcome = await forward();
    if (call.action !== 'DescribeInstances' || outcome.kind !== 'answer') return outcome;
    const state = (left.length > 1 ? left.shift() : left[0]) ?? '';
    const body = outcome.body.replaceAll(
      /(<instanceState>.*?<name>)[a-z-]+(<\/name>)/gs,
      (_, before: string, after: string) => before + state + after,
    );
    return { ...outcome, body };
  };
}
