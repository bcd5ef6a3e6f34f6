// `npm run package`: builds for production and packs the extension as a .vsix in the project's folder.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack, weigh } from './build/vsix.ts';

const root = join(import.meta.dirname, '..');
const built = spawnSync(process.execPath, ['esbuild.js', '--production'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};
const file = join(root, `${name}-${version}.vsix`);
await pack(root, file);
const { total, withoutPictures } = await weigh(root, file);
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
process.stdout.write(
  `${name}-${version}.vsix: ${kilobytes(total)}, ${kilobytes(withoutPictures)} without pictures\n`,
);
