import * as vscode from 'vscode';
import { commandTargets, viewIds } from './ui/contributions.ts';
import type { CommandId } from './ui/contributions.ts';
import type { App } from './ui/door.ts';
import { LazyTree } from './ui/tree/lazyTree.ts';

/** Registers what the manifest promises; the rest is loaded when a view or a command first asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  let opened: Promise<App> | undefined;
  const views = new Map<string, vscode.TreeView<unknown>>();
  const open = (): Promise<App> =>
    (opened ??= import('./ui/door.ts').then(({ createApp }) => {
      const app = createApp(context, (text) => {
        const view = views.get(viewIds.network);
        if (view !== undefined) view.message = text;
      });
      context.subscriptions.push(app);
      return app;
    }));
  for (const id of Object.keys(commandTargets) as CommandId[]) {
    const run = async (argument: unknown, all: unknown) => (await open()).invoke(id, argument, all);
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  for (const id of Object.values(viewIds)) {
    const tree = new LazyTree(async () => (await open()).trees[id]);
    const options = { treeDataProvider: tree, canSelectMany: id !== viewIds.activity };
    const view = vscode.window.createTreeView(id, options);
    views.set(id, view);
    context.subscriptions.push(tree, view);
  }
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer('ec2MultiIp.validation', {
      deserializeWebviewPanel: async (panel, state) =>
        (await open()).validations.deserializeWebviewPanel(panel, state),
    }),
  );
}
