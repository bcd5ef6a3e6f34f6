import type { ValidationRun } from '../../core/diagnose/run.ts';
import type { Services } from '../services.ts';
import { requirePorts } from './requirePorts.ts';

/** How the settings want it tested. */
export function setupOf(
  { settings }: Services,
  otherPorts: readonly number[] | undefined,
): Pick<ValidationRun, 'method' | 'ports' | 'vantage'> {
  const method = settings.get('ec2MultiIp.probe.inbound');
  return {
    method: method === 'service' || method === 'ssh' ? method : 'listener',
    ports: otherPorts ?? requirePorts(settings.get('ec2MultiIp.probe.ports')),
    vantage: settings.get('ec2MultiIp.probe.vantage'),
  };
}
