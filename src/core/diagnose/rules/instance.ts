import type { PairFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';

/** The instance: the ENI has none, or it does not run. */
export function instance({ eni, cloud }: PairFacts): readonly Finding[] {
  const { attachment } = eni;
  if (attachment === undefined) {
    const shown = `${eni.id}: ${eni.status}`;
    return [finding('eniNotAttached', { eniId: eni.id }, [{ source: 'DescribeNetworkInterfaces', shown }])];
  }
  const { instanceId } = attachment;
  const state = cloud.index.instances.get(instanceId)?.state;
  if (state === undefined || state === 'running') return [];
  const seen = [{ source: 'DescribeInstances', shown: `${instanceId}: ${state}` }];
  const data = { instanceId, state };
  // One that is between two states gets there by itself, and a terminated one never comes back.
  return state === 'stopped'
    ? [finding('instanceNotRunning', data, seen, { recipe: 'mend', spec: { what: 'start', instanceId } })]
    : [finding('instanceNotRunning', data, seen)];
}
