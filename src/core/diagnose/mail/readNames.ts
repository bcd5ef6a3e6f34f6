import { Resolver } from 'node:dns/promises';
import { CoreError } from '../../base/errors.ts';
import { type MailFacts, type PtrOfEip, type Records, plainName } from './mailFacts.ts';

/** Which EIP's names are to be read. */
export interface NamesAsked {
  readonly publicIp: string;
  readonly helo?: string;
  readonly ec2: PtrOfEip;
}

/** Whom the DNS is asked from, and for how long. */
export interface NamesOptions {
  /** Such as `1.1.1.1` or `127.0.0.1:5353`; none for those of this machine. */
  readonly servers: readonly string[];
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

/** The answer that there is no such thing: that is an answer. */
const nothing = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

/** Asks the DNS for the names of EIPs and for the addresses of these names; throws `probe.dnsServer`. */
export async function readNames(
  asked: readonly NamesAsked[],
  { servers, timeoutMilliseconds, signal }: NamesOptions,
): Promise<readonly MailFacts[]> {
  const resolver = new Resolver({ timeout: timeoutMilliseconds, tries: 1 });
  useServers(resolver, servers);
  const cancel = () => {
    resolver.cancel();
  };
  signal.addEventListener('abort', cancel);
  try {
    return await Promise.all(asked.map((one) => namesOf(resolver, one)));
  } finally {
    signal.removeEventListener('abort', cancel);
    signal.throwIfAborted();
  }
}

function useServers(resolver: Resolver, servers: readonly string[]): void {
  for (const server of servers) {
    try {
      resolver.setServers([server]);
    } catch {
      throw new CoreError('probe.dnsServer', { server });
    }
  }
  if (servers.length > 0) resolver.setServers(servers);
}

async function namesOf(resolver: Resolver, { publicIp, helo, ec2 }: NamesAsked): Promise<MailFacts> {
  const ptr = await records(resolver.resolvePtr(reverseName(publicIp)));
  const names = [...(ptr === 'silent' ? [] : ptr), ...(helo === undefined ? [] : [helo])].map(plainName);
  const forward = await Promise.all(
    [...new Set(names)].map(async (name) => [name, await records(resolver.resolve4(name))] as const),
  );
  return {
    ...{ publicIp, ptr, ec2, forward: Object.fromEntries(forward) },
    ...(helo !== undefined && { helo }),
  };
}

/** Asked by its name, since asking by address reads this machine's files too and hides that nobody answered. */
function reverseName(publicIp: string): string {
  return `${publicIp.split('.').toReversed().join('.')}.in-addr.arpa`;
}

async function records(question: Promise<string[]>): Promise<Records> {
  try {
    return await question;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return nothing.has(code) ? [] : 'silent';
  }
}
