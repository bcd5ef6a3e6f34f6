import { run, runOrFail } from './run.ts';

/**
 * Installs the Debian packages that `who` needs and this machine lacks.
 *
 * `commands` names for each command the package that it comes from.
 */
export async function ensurePackages(
  who: string,
  commands: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<void> {
  const missing = await missingPackages(commands);
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing];
  if ((await run(['sh', '-c', 'command -v apt-get'])).code !== 0)
    throw new Error(
      `${who} needs these packages, and there is no apt-get to install them: ${missing.join(', ')}`,
    );
  log(`Installing Debian packages: ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(['apt-get', 'update'], { env });
  await runOrFail(install, { env });
}

async function missingPackages(commands: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const script = 'for command; do command -v "$command" >/dev/null || echo "$command"; done';
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  const missing = await runOrFail(['sh', '-c', script, 'sh', ...Object.keys(commands)], { env });
  return [...new Set(missing.split('\n').flatMap((command) => commands[command] ?? []))];
}
