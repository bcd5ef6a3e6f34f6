import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { output, planBuilder } from '../../../src/core/plan/planBuilder.ts';
import { changeTitle } from '../../../src/words/changeTitle.ts';
import { allOperationWords, operationWords } from '../../../src/words/errors/operation.ts';

const root = join(import.meta.dirname, '../../..');
const bundle = join(root, 'l10n/bundle.l10n.ja.json');
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
const texts = [bundle, join(root, 'package.nls.ja.json')].flatMap((file) => Object.entries(read(file)));

const WORD = '[\\u3040-\\u30ff\\u4e00-\\u9fff]';

/** What is written in one way only, by what it is not written as. */
const ONE_WAY: Readonly<Record<string, RegExp>> = {
  プラン: /計画/,
  一括削除: /取り壊/,
  インターフェイス: /インターフェース/,
  鍵: /ホストキー|秘密キー|公開キー/,
  シークレットストレージ: /シークレット ストレージ/,
  'brackets of the width of the text': /[()](?!command)/,
  'colons and question marks of Latin width': /[\uff1a\uff1f\uff01]/,
};

describe('the Japanese words', () => {
  it('call a thing by one name', () => {
    for (const [name, otherwise] of Object.entries(ONE_WAY)) {
      // Links in the manifest are VS Code's own notation.
      const faults = texts.filter(([, text]) =>
        otherwise.test(text.replace(/\]\(command:\w+(\.\w+)?\)/g, ']')),
      );
      assert.deepEqual(faults, [], name);
    }
  });

  it('have a space between Latin and Japanese, and none between Japanese', () => {
    const faults = texts.filter(([, text]) =>
      new RegExp(`${WORD} ${WORD}|${WORD}(\\{\\d|[A-Za-z0-9])|(\\d\\}|[A-Za-z0-9])${WORD}`).test(text),
    );
    assert.deepEqual(faults, []);
  });

  it('say as the English do where a command asks for more', () => {
    const english = read(join(root, 'package.nls.json'));
    for (const [key, text] of texts.filter(([name]) => name.startsWith('command.'))) {
      assert.equal(text.endsWith('…'), english[key]?.endsWith('…'), key);
    }
  });

  it('name what an earlier change gives without a gap in the sentence', () => {
    l10n.config({ contents: read(bundle) });
    try {
      const plan = planBuilder();
      const eip = plan.add('eip', 'allocateEip', { name: 'x' });
      const allocationId = output(eip, 'allocationId');
      const made = output(eip, 'networkInterfaceId');
      const privateAddress = '10.0.0.4';
      plan.add('pair', 'associateEip', { allocationId, networkInterfaceId: 'eni-1', privateAddress });
      plan.add('assign', 'assignAddresses', { networkInterfaceId: made, addresses: [privateAddress] });
      const { changes } = plan.build('pair', 'us-east-1', { id: 'p', createdAt: '2026-01-01T00:00:00Z' });
      assert.deepEqual(changes.map(changeTitle), [
        'Elastic IP「x」を割り当てる',
        '10.0.0.4 を新しい Elastic IP と関連付ける',
        '新しいネットワークインターフェイスに 10.0.0.4 を割り当てる',
      ]);
    } finally {
      l10n.config({ contents: {} });
    }
  });

  it('are there for each operation on a guest, which the sentence of its failure names', () => {
    const core = join(root, 'src', 'core');
    const names = readdirSync(core, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(guest|probe|diagnose|ssh).*\.ts$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(core, file), 'utf8').matchAll(
          /(?:\bname: |operation\(|operation: )'([a-z]+ [^']+)'/g,
        ),
      ])
      .map(([, name = '']) => name);
    assert.ok(names.length > 15);
    const words = allOperationWords();
    for (const name of names) assert.ok(words.includes(name), name);
    l10n.config({ contents: read(bundle) });
    assert.equal(operationWords('read what runs'), '実行中のシステムの読み取り');
    l10n.config({ contents: {} });
    assert.equal(operationWords('read what runs'), 'read what runs');
  });
});
