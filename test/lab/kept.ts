import { randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Log } from '../../src/core/base/log.ts';

/** Names the folder where a test run keeps what it wrote, until it has been scanned for secrets. */
export const KEPT_VARIABLE = 'EC2_MULTI_IP_KEPT';

/** The file there of secrets that are only known once the run has made them, as JSON, a line each. */
export const USED = 'secrets-in-use';

/** Secrets that tests use; each is found nowhere else by chance. */
export const secrets = {
  secretAccessKey: 'kqX7Zr2mTvB9nLs4WpYc1HdGf8JtRe6UaKoNiExQ',
  sessionToken: 'IQoJb3JpZ2luX2VjLabSessionTokenThatNobodyMayWriteDown',
  mfaCode: '824519',
  passphrase: 'correct horse',
  mistyped: 'battery staple',
  webIdentityToken: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJsYWIifQ.c2lnbmF0dXJlT2ZUaGVMYWI',
  sudoPassword: "it's $HOME \\n 100%",
} as const;

/** Keeps a copy of a file or folder that the product wrote; does nothing outside a whole run. */
export function keep(path: string, name = basename(path)): void {
  const kept = process.env[KEPT_VARIABLE];
  if (kept === undefined || !existsSync(path)) return;
  // Sockets, and the marks by which an overlay leaves out what lies below it, hold nothing.
  const filter = (each: string): boolean => {
    const found = lstatSync(each);
    return found.isFile() || found.isDirectory();
  };
  cpSync(path, join(kept, `${name}-${randomUUID()}`), { recursive: true, filter });
}

/** Says that a private key is in use, so that no line of it may be found anywhere. */
export function usesPrivateKey(path: string): void {
  const kept = process.env[KEPT_VARIABLE];
  if (kept === undefined) return;
  // The first line of a key is much the same in all, and the last may be a few letters.
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^[A-Za-z0-9+/=]{40,}$/.test(line))
    .slice(1);
  for (const line of lines) usesSecret(line);
}

/** Says that a secret is in use which the run has made. */
export function usesSecret(secret: string): void {
  const kept = process.env[KEPT_VARIABLE];
  if (kept === undefined) return;
  mkdirSync(kept, { recursive: true });
  appendFileSync(join(kept, USED), `${JSON.stringify(secret)}\n`);
}

/** Keeps a line of what the product showed; does nothing outside a whole run. */
export function keepLine(name: string, line: string): void {
  const kept = process.env[KEPT_VARIABLE];
  if (kept !== undefined) appendFileSync(join(kept, `${name}-${process.pid}.log`), `${line}\n`);
}

/** A log of all levels that is kept; errors with their stacks and causes. */
export function keptLog(name: string): Log {
  const kept = process.env[KEPT_VARIABLE];
  const write = (message: string | Error, ...more: readonly unknown[]): void => {
    if (kept === undefined) return;
    const text = message instanceof Error ? `${message.stack ?? ''} ${String(message.cause)}` : message;
    appendFileSync(join(kept, `${name}-${process.pid}.log`), `${[text, ...more].join(' ')}\n`);
  };
  return { trace: write, debug: write, info: write, warn: write, error: write };
}
