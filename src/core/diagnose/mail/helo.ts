import type { GuestOperation } from '../../ssh/shell.ts';

/** What a mail server on a guest greets with: by address where a sender of its own is bound to it, else for all. */
export interface Greetings {
  readonly byAddress: ReadonlyMap<string, string>;
  readonly otherwise?: string;
}

/** Asks Postfix on the guest for its greetings; without one nobody knows. */
export const readGreetings: GuestOperation<Greetings> = {
  name: 'ask Postfix for its names',
  script: `
command -v postconf >/dev/null 2>&1 || exit 0
for name in smtp_helo_name myhostname smtp_bind_address; do
  echo "main/$name = $(postconf -xh "$name" 2>/dev/null || postconf -h "$name" 2>/dev/null)"
done
postconf -Px 2>/dev/null || postconf -P 2>/dev/null
:
`,
  asRoot: false,
  parse: ({ stdout }) => parseGreetings(stdout.toString('utf8')),
};

/** Reads lines such as `main/myhostname = a.example.com` and `out2/unix/smtp_bind_address = 192.168.1.101`. */
export function parseGreetings(text: string): Greetings {
  const services = new Map<string, Map<string, string>>();
  for (const line of text.split('\n')) {
    const [, service = '', name = '', value = ''] = /^(.+)\/(\w+) = (.*)$/.exec(line.trim()) ?? [];
    const known = services.get(service) ?? new Map<string, string>();
    if (service !== '') services.set(service, known.set(name, value.trim()));
  }
  const main = services.get('main') ?? new Map<string, string>();
  const otherwise = nameOf(main, main);
  const byAddress = [...services.values()].flatMap((own) => {
    const address = own.get('smtp_bind_address') ?? '';
    const name = nameOf(own, main) ?? otherwise;
    return address === '' || name === undefined ? [] : [[address, name] as const];
  });
  return { byAddress: new Map(byAddress), ...(otherwise !== undefined && { otherwise }) };
}

/** What a service greets with, by itself or by what it inherits; the default is `$myhostname`. */
function nameOf(own: ReadonlyMap<string, string>, main: ReadonlyMap<string, string>): string | undefined {
  const host = own.get('myhostname') ?? main.get('myhostname') ?? '';
  const helo = own.get('smtp_helo_name') ?? (own.has('myhostname') ? host : main.get('smtp_helo_name'));
  const name = (helo ?? '').replace(/\$\{?myhostname\}?/, host) || host;
  return name === '' ? undefined : name;
}
