import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';

const root = join(import.meta.dirname, '..', '..', '..');
const japanese = JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.ja.json'), 'utf8')) as Record<
  string,
  string
>;

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, contents: readFileSync(join(root, 'src', file), 'utf8') }));

const placeholders = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort();

describe('the words of the extension', () => {
  let english: Record<string, string | { message: string }>;

  // Reading all sources for their words takes its time on a busy machine.
  before(async function () {
    this.timeout(120_000);
    english = await getL10nJson(sources.map(({ contents }) => ({ extension: '.ts', contents })));
  });

  it('are found in the source', () => {
    assert.ok(Object.keys(english).length > 300);
  });

  it('are all there in Japanese, and no others', () => {
    assert.deepEqual(Object.keys(japanese).sort(), Object.keys(english).sort());
  });

  it('have the same placeholders in Japanese', () => {
    for (const [key, text] of Object.entries(english)) {
      const message = typeof text === 'string' ? text : text.message;
      assert.deepEqual(placeholders(japanese[key] ?? ''), placeholders(message), key);
    }
  });

  it('are Japanese in Japanese, but for what is the same in both', () => {
    const same = new Set(['Elastic IP', 'Elastic IP: {0}', 'VPC', 'VPC: {0}', 'EC2: {0}']);
    const untranslated = Object.entries(japanese).filter(([key, text]) => text === key && !same.has(key));
    assert.deepEqual(untranslated, []);
  });

  it('go through l10n.t wherever VS Code shows them', () => {
    // A literal with a blank or an ellipsis in it, right where VS Code or a panel shows text.
    const shown =
      /\b(?:label|description|detail|prompt|placeholder|placeHolder|title|text|openLabel|show(?:Error|Warning|Information)Message\(|Refusal\()\s*:?\s*(['"`])(?=[A-Za-z])(?:(?!\1).)*[ …](?:(?!\1).)*\1/g;
    const raw = sources
      .filter(({ file }) => /^(ui|words)\//.test(file))
      .flatMap(({ file, contents }) => [...contents.matchAll(shown)].map(([text]) => `${file}: ${text}`));
    // Names of systems, which are the same in every language.
    assert.deepEqual(
      raw.filter((text) => !text.includes("'Amazon Linux, RHEL, SUSE'")),
      [],
    );
  });
});
