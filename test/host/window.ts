import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Waits until something is so; mocha's own limit ends it where it never is. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}

const ENTER = 'workbench.action.acceptSelectedQuickOpenItem';

/**
 * Answers each question of a command with what it proposes, until the command is done; or leaves it.
 */
export async function accept(command: Thenable<unknown>, key: 'Enter' | 'Escape' = 'Enter'): Promise<void> {
  const answer = key === 'Escape' ? 'workbench.action.closeQuickOpen' : ENTER;
  const finished = Promise.resolve(command).then(() => 'finished' as const);
  while ((await Promise.race([finished, sleep(200, 'asking' as const)])) === 'asking') {
    await vscode.commands.executeCommand(answer);
  }
}

/** The titles of the webview panels, once there is one. */
export async function panelTitles(): Promise<readonly string[]> {
  const titles = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview)
      .map(({ label }) => label);
  await until(() => titles().length > 0);
  return titles();
}
