import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { rawManifestTexts, rawStrings } from './rawStrings.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const japanese = JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.ja.json'), 'utf8')) as Record<
  string,
  string
>;

const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;

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
    const same = new Set(['Elastic IP', 'Elastic IP: {0}', 'ENI', 'VPC', 'VPC: {0}', 'EC2: {0}']);
    const untranslated = Object.entries(japanese).filter(([key, text]) => text === key && !same.has(key));
    assert.deepEqual(untranslated, []);
  });

  it('go through l10n.t wherever a person sees them', () => {
    const shown = sources
      .filter(({ file }) => /^(ui|words|panel|extension)/.test(file))
      .flatMap(({ file, contents }) => rawStrings(contents).map((text) => `${file}: ${text}`));
    // Names of systems, which are the same in every language.
    const names = /Amazon Linux|: (Debian|Ubuntu|Postfix|Exim|OpenSMTPD|EC2 Multi-IP)$/;
    assert.deepEqual(
      shown.filter((text) => !names.test(text)),
      [],
    );
  });

  it('stand in the manifest as keys of both languages', () => {
    const { contributes, capabilities, description, displayName } = read('package.json');
    assert.deepEqual(rawManifestTexts({ contributes, capabilities, description, displayName }), []);
    const keys = [...JSON.stringify({ contributes, capabilities, description }).matchAll(/"%([^%"]+)%"/g)];
    const [english, ours] = [read('package.nls.json'), read('package.nls.ja.json')];
    for (const [, key = ''] of keys) assert.ok(key in english && key in ours, key);
  });
});

describe('the test of the words', () => {
  it('finds what nobody has localized, however it is put together', () => {
    const faults = {
      'item.tooltip = "Paired with {0}";': ['Paired with {0}'],
      'void vscode.window.showErrorMessage(`It failed: ${why}`);': ['It failed: '],
      "pick.items = [{ label: 'All of it', value: 1 }];": ['All of it'],
      "const row = { description: idle ? 'Idle' : l10n.t('In use') };": ['Idle'],
      "box.placeholder = name ?? 'An address';": ['An address'],
      "throw new Refusal('Nothing is here');": ['Nothing is here'],
      "item.tooltip = ['Read at', time].join(' ');": ['Read at'],
      "const view = { title: '検証 の結果' };": ['検証 の結果'],
      "vscode.window.setStatusBarMessage('Copied', 3000);": ['Copied'],
    };
    for (const [source, texts] of Object.entries(faults)) assert.deepEqual(rawStrings(source), texts, source);
  });

  it('lets be what is localized, and what is no text', () => {
    const fine = [
      "item.tooltip = l10n.t('Paired with {0}', name);",
      "const row = { label: address, icon: 'Warning sign', id: 'An id' };",
      "item.description = [role, state].join(' · ');",
      "log.warn('Nothing is here');",
      'item.text = `$(cloud) ${name}`;',
    ];
    for (const source of fine) assert.deepEqual(rawStrings(source), [], source);
  });

  it('finds a text in the manifest', () => {
    const contributes = { commands: [{ command: 'a', title: 'Do It' }], views: { a: [{ name: '%view%' }] } };
    assert.deepEqual(rawManifestTexts({ contributes }), ['title: Do It']);
    const settings = { properties: { a: { markdownEnumDescriptions: ['%one%', 'Two'] } } };
    assert.deepEqual(rawManifestTexts(settings), ['markdownEnumDescriptions: Two']);
  });
});
