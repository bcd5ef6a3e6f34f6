import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** VS Code's settings by their full names. */
export type Settings = Readonly<Record<string, unknown>>;

/** No welcome, no tips, no chat, no network of its own: pictures and tests see the extension alone. */
const QUIET: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  'keyboard.dispatch': 'keyCode',
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'window.commandCenter': false,
  'window.menuBarVisibility': 'compact',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Writes the user's settings of a server: the quiet ones, and on top of them the given ones. */
export async function writeSettings(serverDataDirectory: string, settings: Settings): Promise<void> {
  const text = JSON.stringify({ ...QUIET, ...settings }, undefined, 2);
  // A window that is served takes settings of machine scope, such as endpoints, from the machine's file alone.
  for (const name of ['User', 'Machine']) {
    const folder = join(serverDataDirectory, 'data', name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), text);
  }
}

/** Registers an extension's folder as installed, just where it is. */
export async function writeInstalled(serverDataDirectory: string, folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    publisher: string;
    name: string;
    version: string;
  };
  const entry = {
    identifier: { id: `${manifest.publisher}.${manifest.name}` },
    version: manifest.version,
    location: { $mid: 1, scheme: 'file', path: folder },
    metadata: { isMachineScoped: true, installedTimestamp: 1, source: 'vsix', pinned: true },
  };
  const extensions = join(serverDataDirectory, 'extensions');
  await mkdir(extensions, { recursive: true });
  await writeFile(join(extensions, 'extensions.json'), JSON.stringify([entry]));
}
