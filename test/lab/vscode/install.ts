import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { addLogger } from './logger.ts';
import { run } from './run.ts';

/** Carries VS Code 1.139.1, as the npm registry has it: no download from elsewhere is needed. */
const CODE_SERVER = '4.139.1';

const CHROMIUM = '/usr/bin/chromium';

/** Debian packages, each with a file that tells whether it is there. The fonts are for Japanese and for icons. */
const DEBIAN_PACKAGES: readonly (readonly [name: string, file: string])[] = [
  ['chromium', CHROMIUM],
  ['fonts-noto-cjk', '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'],
  ['fonts-noto-color-emoji', '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'],
];

/** Builtin extensions that would only add their own views and network calls; together a third of the start. */
const UNWANTED_EXTENSIONS = ['copilot', 'mermaid-markdown-features', 'microsoft-authentication'];

/** Says in one line what is going on. */
export type Log = (line: string) => void;

/** Installs VS Code into the cache unless it is there, and returns the path of its server's main script. */
export async function installVsCode(log: Log): Promise<string> {
  const directory = await cached(`vscode-${CODE_SERVER}`, async (target) => {
    log(`Installing VS Code from npm's code-server ${CODE_SERVER} (about half a minute, once)…`);
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await writeFile(join(target, 'package.json'), '{ "private": true }\n');
    await run('npm', ['install', `code-server@${CODE_SERVER}`, '--no-package-lock', ...quiet], {
      cwd: target,
    });
    const vscode = vsCodeIn(target);
    await run('npm', ['install', '--omit=dev', ...quiet], { cwd: vscode });
    for (const name of UNWANTED_EXTENSIONS) {
      await rm(join(vscode, 'extensions', name), { recursive: true, force: true });
    }
  });
  await addLogger(vsCodeIn(directory));
  return join(vsCodeIn(directory), 'out', 'server-main.js');
}

/** A sentence if `installChromium` cannot succeed on this machine. */
export function chromiumUnavailable(): string | undefined {
  const missing = missingPackages();
  if (missing.length === 0 || (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0)) return undefined;
  return `VS Code's window needs Debian's ${missing.join(', ')}: sudo apt-get install ${missing.join(' ')}`;
}

/**
 * Installs Debian's Chromium and fonts unless they are there, and returns the path of the browser.
 * @throws Error that says what to install where this process may not.
 */
export async function installChromium(log: Log): Promise<string> {
  const unavailable = chromiumUnavailable();
  if (unavailable !== undefined) throw new Error(unavailable);
  const missing = missingPackages();
  if (missing.length === 0) return CHROMIUM;
  log(`Installing ${missing.join(', ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Several suites may want packages at the same time: apt waits for the lock instead of failing.
  const apt = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  const install = [...apt, 'install', '-y', '--no-install-recommends', ...missing];
  await run('apt-get', install, { env }).catch(async () => {
    await run('apt-get', [...apt, 'update'], { env });
    await run('apt-get', install, { env });
  });
  return CHROMIUM;
}

const missingPackages = (): readonly string[] =>
  DEBIAN_PACKAGES.filter(([, file]) => !existsSync(file)).map(([name]) => name);

const vsCodeIn = (directory: string): string =>
  join(directory, 'node_modules', 'code-server', 'lib', 'vscode');
