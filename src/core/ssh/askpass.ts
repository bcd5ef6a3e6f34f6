import type { Client } from 'ssh2';
import { shellQuote } from '../base/quoting.ts';
import { runOnChannel } from './channel.ts';

/** A program on the guest that answers sudo's question once. */
export interface Askpass {
  readonly path: string;
  /** Removes it, answered or not. */
  remove(): void;
}

/**
 * Shell that makes the program: it hands on what comes through a named pipe, and only the first time, so that a
 * wrong password is not tried thrice. The password comes as one line on standard input, on a channel that
 * carries nothing else, and stands in no file, argument or environment. When the input ends, all of it goes.
 *
 * On one line and without an exclamation mark, because some login shells read such things their own way.
 */
const makeProgram = (marker: string): string =>
  [
    'umask 077',
    'for base in "$XDG_RUNTIME_DIR" /dev/shm "$HOME" /tmp; do',
    'd=$(mktemp -d "$base/.ec2-multi-ip.XXXXXXXX" 2>/dev/null) || continue;',
    'printf "\\043\\041/bin/sh\\n[ -p \\"\\$0.once\\" ] || exit 1\\nmv \\"\\$0.once\\" \\"\\$0.used\\" && head -n 1 \\"\\$0.used\\"\\n" > "$d/ask";',
    'chmod 700 "$d/ask";',
    // Where programs may not be run, as under noexec, the next place is tried: without a pipe it just fails.
    '"$d/ask"; [ $? = 1 ] && mkfifo "$d/ask.once" && break; rm -rf "$d"; d=;',
    'done',
    // Opened both ways, so that it waits in the pipe for whoever reads: a writer that came after the program had
    // been asked would find the pipe gone, and write a file.
    'IFS= read -r password && exec 9<>"$d/ask.once" && printf "%s\\n" "$password" >&9',
    `echo ${marker}`,
    'echo "$d/ask"',
    'cat >/dev/null',
    'rm -rf "$d"',
  ]
    .join('\n')
    .replaceAll(/(do|;)\n/g, '$1 ')
    .replaceAll('\n', '; ');

/** Makes the program; it stays until it is removed or the connection ends. */
export async function makeAskpass(
  client: Client,
  password: string,
  { marker, signal }: { readonly marker: string; readonly signal: AbortSignal },
): Promise<Askpass> {
  const over = new AbortController();
  const path = Promise.withResolvers<string>();
  runOnChannel(client, {
    wrapped: {
      command: `env LC_ALL=C sh -c ${shellQuote(makeProgram(marker))}`,
      input: `${password}\n`,
    },
    marker,
    holdInput: true,
    signal: AbortSignal.any([signal, over.signal]),
    onLine: path.resolve,
  }).then(() => {
    path.resolve('');
  }, path.reject);
  return {
    path: await path.promise,
    remove: () => {
      over.abort();
    },
  };
}
