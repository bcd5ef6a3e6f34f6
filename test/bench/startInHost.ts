// Runs in VS Code's extension host as its extensionTestsPath: measures one start of the extension.
import { writeFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Start } from './start.ts';

interface Loader {
  _load: (request: string, ...rest: unknown[]) => unknown;
}

interface Activatable {
  activate: (context: unknown) => unknown;
}

/** Writes a `Start` to the file that START_REPORT names. */
export async function run(): Promise<void> {
  const id = process.env['START_EXTENSION'] ?? '';
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined) throw new Error(`VS Code has no extension ${id}`);
  const dist = join(extension.extensionPath, 'dist');
  const own = await timeOwnLoad(join(dist, 'extension.cjs'), () => extension.activate());
  const start: Start = {
    ...own,
    uiMs: timeRequire(join(dist, 'ui.cjs')),
    awsMs: timeRequire(join(dist, 'aws.cjs')),
    sshMs: timeRequire(join(dist, 'ssh.cjs')),
  };
  writeFileSync(process.env['START_REPORT'] ?? '', JSON.stringify(start));
}

/**
 * Times the moment in which VS Code loads the file, and the call of its `activate`. The whole of
 * `extension.activate()` would also hold VS Code's own messages between its processes.
 */
async function timeOwnLoad(
  file: string,
  activate: () => Thenable<unknown>,
): Promise<Pick<Start, 'loadMs' | 'activateMs'>> {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  const times = { loadMs: Number.NaN, activateMs: Number.NaN };
  loader._load = (request, ...rest) => {
    if (request !== file) return load(request, ...rest);
    const before = performance.now();
    const loaded = load(request, ...rest) as Activatable;
    times.loadMs = performance.now() - before;
    const timed = async (context: unknown): Promise<unknown> => {
      const start = performance.now();
      const result: unknown = await loaded.activate(context);
      times.activateMs = performance.now() - start;
      return result;
    };
    return { ...loaded, activate: timed };
  };
  try {
    await activate();
  } finally {
    loader._load = load;
  }
  if (Number.isNaN(times.activateMs)) throw new Error(`VS Code did not load ${file}`);
  return times;
}

function timeRequire(file: string): number {
  const start = performance.now();
  Module.createRequire(file)(file);
  return performance.now() - start;
}
