import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Waits until something is so; mocha's own limit ends it where it never is. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}

const ENTER = 'workbench.action.acceptSelectedQuickOpenItem';

/** So many tries to go on after a tick, which the extension host learns of a little later, before it is undone. */
const TRIES_A_TICK = 10;

/**
 * Answers each question of a command with what it proposes, until the command is done; or leaves it, or ticks
 * the first of several things first.
 */
export async function accept(
  command: Thenable<unknown>,
  key: 'Enter' | 'Escape' | 'Tick' = 'Enter',
): Promise<void> {
  const answer = key === 'Escape' ? 'workbench.action.closeQuickOpen' : ENTER;
  const finished = Promise.resolve(command).then(() => 'finished' as const);
  for (
    let round = 0;
    (await Promise.race([finished, sleep(200, 'asking' as const)])) === 'asking';
    round += 1
  ) {
    // The question may not be there yet at the first round: then this ticks nothing, and the next time does.
    if (key === 'Tick' && round % TRIES_A_TICK === 0) {
      // Where several can be chosen, none has the focus at first.
      await vscode.commands.executeCommand('quickInput.first');
      await vscode.commands.executeCommand('workbench.action.quickPickManyToggle');
    }
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

/** A memory of a window, empty. VS Code gives its own to extensions alone. */
export function memento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key) as never,
    update: (key: string, value: unknown) => {
      kept.set(key, value);
      return Promise.resolve();
    },
  };
}
