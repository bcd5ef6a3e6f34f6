/**
 * `/etc/hosts` with a line by which the hostname resolves, as Debian writes it: on 127.0.1.1.
 *
 * The text is latin1, one character a byte. A name that no hosts file could hold changes nothing.
 */
export function withHostname(text: string, hostname: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(hostname)) return text;
  // Else whoever finds it unresolved for another reason would add it again and again.
  if (text.split('\n').some((entry) => wordsOf(entry).includes(hostname))) return text;
  const [short = hostname] = hostname.split('.', 1);
  const names = short === hostname ? hostname : `${hostname} ${short}`;
  const line = /^([ \t]*127\.0\.1\.1[ \t]+[^\r\n#]*?)([ \t]*(?:#[^\r\n]*)?\r?)$/m;
  if (line.test(text))
    return text.replace(line, (_, entry: string, end: string) => `${entry} ${names}${end}`);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  return `${text}${gap}127.0.1.1\t${names}${eol}`;
}

/** The names of an entry, without its address and its comment. */
function wordsOf(entry: string): string[] {
  return entry.replace(/#.*/, '').trim().split(/\s+/).slice(1);
}
