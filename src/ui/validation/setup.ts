import type { ValidationRun } from '../../core/diagnose/run.ts';
import type { Services } from '../services.ts';
import { requireHeloNames } from './requireHeloNames.ts';
import { requirePorts } from './requirePorts.ts';
import type { MailSettings } from './validation.ts';

/**
 * How the settings want it tested. Ports that a command brings and the settings do not name are tried only where the
 * guest listens: a host that only sends mail takes none.
 */
export function setupOf(
  { settings }: Services,
  otherPorts: readonly number[] | undefined,
): Pick<ValidationRun, 'method' | 'ports' | 'whereListening' | 'vantage'> {
  const method = settings.get('ec2MultiIp.probe.inbound');
  const asked = requirePorts(settings.get('ec2MultiIp.probe.ports'));
  return {
    method: method === 'service' || method === 'ssh' ? method : 'listener',
    ports: otherPorts ?? asked,
    vantage: settings.get('ec2MultiIp.probe.vantage'),
    ...(otherPorts?.some((port) => !asked.includes(port)) === true && { whereListening: true }),
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
