import type { ClientChannel } from 'ssh2';
import type { CertificateVerdict } from './certificate/judge.ts';
import type { HostKeys } from './hostKeys.ts';
import { keyType } from './knownHosts.ts';
import type { Acquaintance, SshTarget } from './shell.ts';

/** What a host's certificate says of its key; `nothing` where it has none, or nobody is believed to sign one. */
export type Certified = CertificateVerdict;

/** What asking for a certificate needs. */
export interface CertificateDeps {
  readonly hostKeys: HostKeys;
  readonly signal: AbortSignal;
  readonly met?: Acquaintance | undefined;
}

/**
 * Finds out what a host's certificate says, where a line of known_hosts makes one of weight; else nothing is asked.
 *
 * `way` makes a stream that leads through the bastions, where there are any. Whoever answers proves that the
 * certified key is theirs when ssh2 connects, which sees the plain key.
 */
export async function certificateOf(
  target: SshTarget,
  way: () => Promise<ClientChannel | undefined>,
  { hostKeys, signal, met }: CertificateDeps,
): Promise<Certified> {
  const lines = await hostKeys.marked(target);
  if (lines.length === 0) return { state: 'nothing' };
  const [{ fetchCertificate }, { judgeCertificate }] = await Promise.all([
    import('./certificate/fetch.ts'),
    import('./certificate/judge.ts'),
  ]);
  const whose = target.instanceId ?? `${target.host}:${target.port}`;
  const known = met?.certificates;
  // An instance is asked once: servers hold it against a caller who only asks, again and again.
  const bytes =
    known?.has(whose) === true
      ? known.get(whose)
      : await fetchCertificate((await way()) ?? { host: target.host, port: target.port }, signal);
  known?.set(whose, bytes);
  if (bytes === undefined) return { state: 'nothing' };
  return judgeCertificate(bytes, { name: target.alias ?? target.host, lines, now: Date.now() });
}

/** The types of host keys to ask for first: the certified one, or the plain key would be another. */
export function typesFirst(certified: Certified, knownTypes: readonly string[]): readonly string[] {
  return 'key' in certified ? [keyType(certified.key)] : knownTypes;
}
