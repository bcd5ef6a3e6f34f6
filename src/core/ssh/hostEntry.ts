/** What an entry of `~/.ssh/config` says of a host. */
export interface HostEntry {
  /** What a person calls it; becomes a word that `ssh` takes. */
  readonly name: string;
  readonly host: string;
  readonly user: string;
  readonly keyFile?: string | undefined;
}

/** An entry for `~/.ssh/config`; whatever is in a name, it stays one line. */
export function hostEntry({ name, host, user, keyFile }: HostEntry): string {
  const alias = name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  const lines = [
    `Host ${alias === '' ? host : alias}`,
    `  HostName ${host}`,
    `  User ${word(user)}`,
    ...(keyFile === undefined ? [] : [`  IdentityFile ${word(keyFile.replaceAll('%', '%%'))}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function word(text: string): string {
  if (/[\n\r"]/.test(text)) throw new RangeError('ssh’s configuration cannot hold this');
  return /\s/.test(text) ? `"${text}"` : text;
}
