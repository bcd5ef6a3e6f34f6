import * as vscode from 'vscode';
import { settingDefaults } from './contributions.ts';
import type { SettingKey } from './contributions.ts';

/** What a person has set, read anew at each use. */
export interface Settings {
  get<K extends SettingKey>(key: K): Widened<(typeof settingDefaults)[K]>;
  /** Sets a value where it already is set, else for the user. */
  set<K extends SettingKey>(key: K, value: Widened<(typeof settingDefaults)[K]>): Promise<void>;
  /** Calls back when one of these settings changes. */
  onChange(keys: readonly SettingKey[], listener: () => void): vscode.Disposable;
}

type Widened<T> = T extends string ? string : T;

function targetFor(key: SettingKey): vscode.ConfigurationTarget {
  const seen = vscode.workspace.getConfiguration().inspect(key);
  if (seen?.workspaceFolderValue !== undefined) return vscode.ConfigurationTarget.WorkspaceFolder;
  if (seen?.workspaceValue !== undefined) return vscode.ConfigurationTarget.Workspace;
  return vscode.ConfigurationTarget.Global;
}

/** VS Code's own settings, typed by the contributions. */
export const settings: Settings = {
  get: (key) =>
    vscode.workspace.getConfiguration().get(key) ??
    (settingDefaults[key] as Widened<(typeof settingDefaults)[typeof key]>),
  set: async (key, value) => {
    await vscode.workspace.getConfiguration().update(key, value, targetFor(key));
  },
  onChange: (keys, listener) =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (keys.some((key) => event.affectsConfiguration(key))) listener();
    }),
};
