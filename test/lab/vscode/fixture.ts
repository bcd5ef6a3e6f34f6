import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A tiny extension that shows one of everything that the harness has to handle. */
const MANIFEST = {
  name: 'fixture',
  publisher: 'harness',
  version: '1.2.3',
  engines: { vscode: '^1.100.0' },
  main: './main.cjs',
  l10n: './l10n',
  activationEvents: [],
  contributes: {
    viewsContainers: { activitybar: [{ id: 'fruit', title: 'Fruit', icon: 'icon.svg' }] },
    views: { fruit: [{ id: 'basket', name: '%basket%' }] },
    commands: [
      { command: 'fixture.order', title: '%order%', category: 'Fixture' },
      { command: 'fixture.eat', title: 'Eat', icon: '$(trash)' },
      { command: 'fixture.peel', title: 'Peel', icon: '$(edit)' },
    ],
    menus: {
      'view/title': [{ command: 'fixture.order', when: 'view == basket', group: 'navigation' }],
      'view/item/context': [
        { command: 'fixture.peel', when: 'view == basket', group: 'inline' },
        { command: 'fixture.peel', when: 'view == basket', group: '1' },
        { command: 'fixture.eat', when: 'view == basket', group: '2' },
      ],
    },
  },
};

const MAIN = `
const vscode = require('vscode');
const { l10n, window, commands } = vscode;
const fruit = { Apples: ['Boskoop', 'Elstar'], Pears: [] };
const tree = {
  getChildren: (node) => (node === undefined ? Object.keys(fruit) : (fruit[node] ?? [])),
  getTreeItem: (node) => {
    const item = new vscode.TreeItem(node, fruit[node] === undefined ? 0 : 1);
    item.description = 'ripe';
    return item;
  },
};
async function order() {
  const kinds = await window.showQuickPick(['Apples', 'Pears', 'Plums'], { canPickMany: true, title: 'Kinds' });
  const size = await window.showQuickPick([{ label: 'Small', description: '1 kg' }, { label: 'Small Box' }]);
  const count = await window.showInputBox({
    prompt: 'How many?',
    validateInput: (text) => (/^\\d+$/.test(text) ? undefined : 'A number, such as 3'),
  });
  const panel = window.createWebviewPanel('bill', 'Bill', 1, { enableScripts: true });
  panel.webview.html = '<button>Pay ' + count + '</button>';
  const sure = await window.showWarningMessage('Sure?', { modal: true, detail: 'It costs money.' }, 'Buy');
  const text = [l10n.t('Ordered'), kinds.join('+'), size.label, count, sure, process.env.FIXTURE].join(' ');
  commands.executeCommand('setContext', 'x', await window.showInformationMessage(text, 'Thanks'));
}
exports.activate = (context) => {
  context.subscriptions.push(
    window.registerTreeDataProvider('basket', tree),
    commands.registerCommand('fixture.order', order),
    commands.registerCommand('fixture.eat', (node) => window.showErrorMessage('Ate ' + node)),
    commands.registerCommand('fixture.peel', (node) => window.showInformationMessage('Peeled ' + node)),
  );
  return { language: vscode.env.language };
};
`;

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><circle cx="12" cy="12" r="8"/></svg>';

/** Writes the fixture extension into an empty directory. */
export async function writeFixture(directory: string): Promise<void> {
  await mkdir(join(directory, 'l10n'));
  const files = {
    'package.json': JSON.stringify(MANIFEST),
    'package.nls.json': JSON.stringify({ order: 'Order Fruit…', basket: 'Basket' }),
    'package.nls.ja.json': JSON.stringify({ order: '果物を注文…', basket: 'かご' }),
    'l10n/bundle.l10n.ja.json': JSON.stringify({ Ordered: '注文した' }),
    'main.cjs': MAIN,
    'icon.svg': ICON,
  };
  await Promise.all(
    Object.entries(files).map(([name, content]) => writeFile(join(directory, name), content)),
  );
}
