import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { visible } from '../../../src/words/visible.ts';
import { rawNames } from './rawNames.ts';

const src = join(import.meta.dirname, '..', '..', '..', 'src');

const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(ui|extension)/.test(file) && file.endsWith('.ts'))
  .flatMap((file) => rawNames(readFileSync(join(src, file), 'utf8')).map((text) => `${file}: ${text}`));

/** What the person filters by, who wrote it there. */
const OWN: readonly string[] = ['extension.ts: text'];

describe('names that others gave', () => {
  it('are made plain wherever they are handed to VS Code: a new place must do so too', () => {
    assert.deepEqual(found.sort(), [...OWN].sort());
  });

  it('are found where nothing makes them plain', () => {
    for (const source of [
      "vscode.window.showErrorMessage(l10n.t('No {0}', name));",
      "vscode.window.showWarningMessage(l10n.t('Sure?'), { modal: true, detail: names.join() });",
      "vscode.window.withProgress({ location, title: l10n.t('Reading {0}', name) }, work);",
      "const title = l10n.t('Reading {0}', name); vscode.window.withProgress({ location, title }, work);",
      'item.tooltip = row.label;',
      'box.validationMessage = problem(value);',
      'const item = new vscode.TreeItem(sentence);',
      "vscode.window.createWebviewPanel('a', title, column);",
      'progress.report({ message: name });',
      "vscode.window.showInputBox({ prompt: yes ? l10n.t('A') : l10n.t('B {0}', name) });",
    ]) {
      assert.equal(rawNames(source).length, 1, source);
    }
  });

  it('are let be where something does, or where all words are ours', () => {
    for (const source of [
      "vscode.window.showErrorMessage(withoutLinks(l10n.t('No {0}', name)));",
      "vscode.window.showInputBox({ title: l10n.t('MFA Code'), prompt: plainLine(text) });",
      'const title = withoutLinks(name); vscode.window.withProgress({ location, title }, work);',
      "item.name = 'EC2 Multi-IP';",
    ]) {
      assert.deepEqual(rawNames(source), [], source);
    }
  });
});

describe('what is made visible', () => {
  it('is every character that is seen only by what it does to others', () => {
    const unseen = {
      escape: '\u001b',
      bell: '\u0007',
      'carriage return': '\r',
      'C1 control': '\u009b',
      'left-to-right mark': '\u200e',
      'right-to-left mark': '\u200f',
      'Arabic letter mark': '\u061c',
      embedding: '\u202a\u202b',
      'end of embedding': '\u202c',
      override: '\u202d\u202e',
      isolates: '\u2066\u2067\u2068\u2069',
      'line separator': '\u2028',
      'paragraph separator': '\u2029',
    };
    for (const [name, characters] of Object.entries(unseen)) {
      const shown = visible(`a${characters}b`);
      assert.equal(shown, `a${'\uFFFD'.repeat(characters.length)}b`, name);
    }
  });

  it('leaves what is to be read as it is', () => {
    const text = 'mail.example.com 日本 שלום \u{1F4EE} é\nsecond line';
    assert.equal(visible(text), text);
  });
});
