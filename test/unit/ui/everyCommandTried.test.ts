import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { commandTargets } from '../../../src/ui/contributions.ts';
import { triesOf, untried } from './tries.ts';
import type { From, Wanted } from './tries.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
  };
}

const { contributes } = read('package.json') as Manifest;
const words = read('package.nls.json') as Readonly<Record<string, string>>;

const hidden = new Set(
  (contributes.menus['commandPalette'] ?? []).flatMap(({ command, when }) =>
    when === 'false' ? [command] : [],
  ),
);

const wanted = contributes.commands.map(({ command, title }): Wanted => {
  const targets: readonly string[] = Object.entries(commandTargets).find(([id]) => id === command)?.[1] ?? [];
  const from: From[] = [
    ...(targets.length > 0 ? ['node' as const] : []),
    ...(hidden.has(command) ? [] : ['palette' as const]),
  ];
  return { id: command.replace('ec2MultiIp.', ''), title: words[title.slice(1, -1)] ?? '', from };
});

const tests = ['test/host', 'test/ui'].flatMap((folder) =>
  // The steps of the longer walks stand in files beside them.
  readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8')),
);

describe('the commands', () => {
  it('are each tried in the real VS Code, from a node and from the palette', () => {
    assert.ok(wanted.length > 30);
    assert.deepEqual(untried(wanted, tests.flatMap(triesOf)), []);
  });

  it('are missed where nothing tries them', () => {
    const pair: Wanted = { id: 'pair', title: 'Pair…', from: ['node', 'palette'] };
    const missed = (source: string) => untried([pair], triesOf(source));
    assert.deepEqual(missed(''), ['pair from node', 'pair from palette']);
    assert.deepEqual(missed("await run('pair', target);"), ['pair from palette']);
    assert.deepEqual(missed("void boundary.invoke('ec2MultiIp.pair', undefined);"), ['pair from node']);
    assert.deepEqual(missed("await contextMenu(view, /ENI/, 'Pair…');"), ['pair from palette']);
    const both =
      "void vscode.commands.executeCommand('ec2MultiIp.pair', node); runCommand(page, 'EC2 Multi-IP: Pair…');";
    assert.deepEqual(missed(both), []);
    assert.deepEqual(missed("// run('pair'); titles.get('pair')"), ['pair from node', 'pair from palette']);
  });
});
