import type { ValidationRun } from '../../core/diagnose/run.ts';
import type { Services } from '../services.ts';
import { requireHeloNames } from './requireHeloNames.ts';
import { requirePorts } from './requirePorts.ts';
import type { MailSettings } from './validation.ts';

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

/** How the settings want addresses that send mail looked at; absent where mail's port is not among the ports. */
export function mailOf({ settings }: Services, ports: readonly number[]): MailSettings | undefined {
  if (!ports.includes(25)) return undefined;
  return {
    host: settings.get('ec2MultiIp.mail.probeHost'),
    dnsServers: settings.get('ec2MultiIp.mail.dnsServers'),
    heloNames: requireHeloNames(settings.get('ec2MultiIp.mail.heloNames')),
  };
}
