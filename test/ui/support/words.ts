import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../../lab/vscode/server.ts';

/** What an English text of the extension is in another language; itself where it is not one of ours. */
export type Say = (english: string, ...values: readonly string[]) => string;

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string) =>
  JSON.parse(readFileSync(join(root, file), 'utf8')) as Readonly<Record<string, string>>;

/** The texts of the extension in a language, by what they are in English: those of the manifest too. */
export function wordsOf(locale: Locale): Say {
  const english = read('package.nls.json');
  const japanese = read('package.nls.ja.json');
  const manifest = Object.entries(english).map(([key, text]) => [text, japanese[key] ?? text] as const);
  const texts = new Map(
    locale === 'ja' ? [...manifest, ...Object.entries(read('l10n/bundle.l10n.ja.json'))] : [],
  );
  return (text, ...values) =>
    (texts.get(text) ?? text).replace(/\{(\d)\}/g, (hole, index: string) => values[Number(index)] ?? hole);
}
