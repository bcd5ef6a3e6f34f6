/** A mail server whose settings can be written here. */
export type MailServer = 'postfix' | 'exim' | 'openSmtpd';

/** An address that mail is to leave from, and the name that it greets with there. */
export interface Sender {
  readonly address: string;
  readonly helo?: string;
}

const writers: Readonly<Record<MailServer, (senders: readonly Sender[]) => string>> = {
  postfix: (senders) => {
    const names = senders.map(({ address }) => serviceOf(address));
    const services = senders.map(({ address, helo }) =>
      [
        `${serviceOf(address)} unix - - n - - smtp`,
        `  -o syslog_name=postfix/${serviceOf(address)}`,
        `  -o smtp_bind_address=${address}`,
        `  -o inet_protocols=ipv4`,
        ...(helo === undefined ? [] : [`  -o smtp_helo_name=${helo}`]),
      ].join('\n'),
    );
    return [
      '# /etc/postfix/master.cf: a sender for each address.',
      ...services,
      '',
      '# /etc/postfix/main.cf: one of these lines. All by the first address:',
      `default_transport = ${names[0] ?? 'smtp'}:`,
      '# … or each by another one (Postfix 3.0 and later):',
      `# default_transport = randmap:{${names.map((name) => `${name}:`).join(', ')}}`,
      '# … or by who sends it; a line of that file is: @example.com NAME:',
      '# sender_dependent_default_transport_maps = hash:/etc/postfix/senders',
      '',
    ].join('\n');
  },
  exim: (senders) =>
    [
      '# In the transport remote_smtp:',
      `interface = <; ${senders.map(({ address }) => address)[0] ?? ''}`,
      '# … or by the domain that sends it; a line of that file is: example.com: ADDRESS',
      `# interface = \${lookup{$sender_address_domain}lsearch{/etc/exim4/interfaces}{$value}{${senders[0]?.address ?? ''}}}`,
      'helo_data = ${lookup{$sending_ip_address}lsearch{/etc/exim4/helo}{$value}{$primary_hostname}}',
      '',
      '# /etc/exim4/helo:',
      ...senders.flatMap(({ address, helo }) => (helo === undefined ? [] : [`${address}: ${helo}`])),
      '',
    ].join('\n'),
  openSmtpd: (senders) =>
    [
      '# smtpd.conf: an action for each address.',
      ...senders.map(
        ({ address, helo }) =>
          `action "${serviceOf(address)}" relay src ${address}${helo === undefined ? '' : ` helo ${helo}`}`,
      ),
      '# Such as: match from local for any action "NAME"',
      '',
    ].join('\n'),
};

/** The settings that let mail leave from each of these addresses, to be put into a mail server's files. */
export function mailBindings(server: MailServer, senders: readonly Sender[]): string {
  return writers[server](senders);
}

function serviceOf(address: string): string {
  return `out-${address.replaceAll('.', '-')}`;
}
