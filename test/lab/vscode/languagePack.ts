import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cached } from './cache.ts';
import type { Log } from './install.ts';
import { run } from './run.ts';

/**
 * Microsoft's Japanese language pack, republished on npm. This is the last release whose texts stand under
 * their module and key, as VS Code reads them; later ones are numbered for another build. It is older than our
 * VS Code, so texts that came since stay English. The product ships none of it.
 */
const PACKAGE = '@codingame/monaco-vscode-language-pack-ja';
const VERSION = '4.3.2';

/** Makes the server with this data directory able to show Japanese (`--locale ja`), its own words included. */
export async function addJapanese(serverDataDirectory: string, log: Log): Promise<void> {
  const directory = await cached(`vscode-ja-${VERSION}`, async (target) => {
    log('Installing the Japanese language pack…');
    await run('npm', ['pack', `${PACKAGE}@${VERSION}`, '--loglevel=error', '--pack-destination', target]);
    const archive = join(target, `codingame-monaco-vscode-language-pack-ja-${VERSION}.tgz`);
    await run('tar', ['-xzf', archive, '-C', target]);
    // The pack is a script for bundlers; VS Code wants the same object as JSON.
    const script = join(target, 'package', 'translations', 'main.i18n.json.js');
    const module = join(target, 'texts.mjs');
    await writeFile(module, await readFile(script));
    const texts = (await import(pathToFileURL(module).href)) as { default: unknown };
    await writeFile(join(target, 'main.i18n.json'), JSON.stringify({ contents: texts.default }));
    await Promise.all(
      [archive, module, join(target, 'package')].map((path) => rm(path, { recursive: true })),
    );
  });
  await mkdir(join(serverDataDirectory, 'data'), { recursive: true });
  // What VS Code writes itself when a language pack is installed from the Marketplace.
  const installed = {
    ja: {
      hash: VERSION,
      label: '日本語',
      extensions: [{ extensionIdentifier: { id: 'ms-ceintl.vscode-language-pack-ja' }, version: VERSION }],
      translations: { vscode: join(directory, 'main.i18n.json') },
    },
  };
  await writeFile(join(serverDataDirectory, 'data', 'languagepacks.json'), JSON.stringify(installed));
}
