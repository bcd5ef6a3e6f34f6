import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { secrets, USED } from '../lab/kept.ts';
import type { Outcome } from './schedule.ts';
import { ONE_FAILED, ONE_PASSED } from './suite.ts';

/** A secret that stands where it must not; never the secret itself. */
export interface Find {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** What no file may hold, whoever made it. */
const FORMS: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a session token of STS': /FQoGZXIvYXdzE[A-Za-z0-9+/=]{20}/,
};

/** Looks for secrets in every file below a folder, as they are and in the forms that they are often written in. */
export function scan(folder: string): {
  readonly files: readonly string[];
  readonly finds: readonly Find[];
} {
  const files = filesBelow(folder).filter((path) => path !== join(folder, USED));
  const named = [...Object.entries(secrets), ...usedIn(folder)];
  const wanted = named.flatMap(([what, secret]) => formsOf(secret).map((form) => [what, form] as const));
  const finds = files.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((text, index) => {
        const found = [
          ...wanted.filter(([, form]) => holds(text, form)).map(([what]) => what),
          ...Object.keys(FORMS).filter((what) => FORMS[what]?.test(text)),
        ];
        return [...new Set(found)].map((what) => ({ path, line: index + 1, what }));
      }),
  );
  return { files, finds };
}

/** What a whole run writes at least; a scan that sees none of it proves nothing. */
const KINDS: Readonly<Record<string, RegExp>> = {
  'log of the extension': /EC2 Multi-IP\.log$/,
  'log of the core': /\/aws-\d+\.log$/,
  journal: /\/journal-|\.jsonl(-|$)/,
  'message to a webview': /\/webviews-\d+\.log$/,
  'settings of VS Code': /settings\.json$/,
  'memory of a window': /\/memories-\d+\.log$/,
  'console of a window': /\/consoles-\d+\.log$/,
  'file of a guest': /\/guest-var-log-[^/]*\//,
};

/** The outcome of a scan, which counts as one test; `whole` tells whether every suite has run. */
export function scanned(folder: string, whole: boolean, print: (text: string) => void): Outcome {
  const since = performance.now();
  const { files, finds } = scan(folder);
  print(`\n── secrets ──\n${files.length} logs, journals and settings of this run looked through\n`);
  for (const { path, line, what } of finds) print(`${path}:${line} holds ${what}\n`);
  const unseen = whole
    ? Object.keys(KINDS).filter((kind) => !files.some((path) => KINDS[kind]?.test(path)))
    : [];
  for (const kind of unseen) print(`There is no ${kind}: the tests do not keep it any more.\n`);
  const result = finds.length + unseen.length === 0 ? ONE_PASSED : ONE_FAILED;
  return { name: 'secrets', result, seconds: (performance.now() - since) / 1000 };
}

function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1);
  return [...new Set([secret, json, encodeURIComponent(secret), base64])];
}

/** A code of six digits may stand within a longer number by chance. */
function holds(text: string, form: string): boolean {
  if (!/^\d+$/.test(form)) return text.includes(form);
  return new RegExp(`(?<![\\w.])${form}(?![\\w.])`).test(text);
}

function usedIn(folder: string): readonly (readonly [string, string])[] {
  try {
    const lines = readFileSync(join(folder, USED), 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => ['a secret that the run made', JSON.parse(line) as string] as const);
  } catch {
    return [];
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
