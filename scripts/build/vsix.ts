// Packs the extension, and weighs what comes out.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

/** The most that a package may weigh without its pictures, in bytes. */
export const VSIX_BUDGET = 600_000;

/** Paths of all files that the package would hold, relative to the project. */
export function packagedFiles(root: string): Promise<string[]> {
  return listFiles({ cwd: root, packageManager: PackageManager.None });
}

/** Writes the package. What the bundles need is in them, so that no dependency is packed. */
export async function pack(root: string, packagePath: string): Promise<void> {
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    // The pictures are in the package: they show where there is no network, too.
    rewriteRelativeLinks: false,
  });
}

/** Bytes of a package, in all and without its pictures, which are compressed already. */
export async function weigh(
  root: string,
  packagePath: string,
): Promise<{ readonly total: number; readonly withoutPictures: number }> {
  const pictures = (await packagedFiles(root)).filter((file) => file.endsWith('.png'));
  const sizes = await Promise.all(pictures.map(async (file) => (await stat(join(root, file))).size));
  const { size: total } = await stat(packagePath);
  return { total, withoutPictures: total - sizes.reduce((sum, size) => sum + size, 0) };
}
