import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NONE, ROOT, type Counts, type SuiteContext } from './suite.ts';

const REQUIREMENTS = join(ROOT, 'test/lab/requirements.ts');
const PYTEST = join(ROOT, 'test/lab/emulator/pytest.ts');

/** A sentence if this machine cannot run the lab. */
export async function labUnavailable(): Promise<string | undefined> {
  if (!existsSync(REQUIREMENTS)) return undefined;
  const module = (await import(pathToFileURL(REQUIREMENTS).href)) as {
    labUnavailable: () => string | undefined;
  };
  return module.labUnavailable();
}

/** Runs the emulator's own tests, which are Python. */
export async function emulatorPytest({ print }: SuiteContext): Promise<Counts> {
  if (!existsSync(PYTEST)) return NONE;
  const module = (await import(pathToFileURL(PYTEST).href)) as {
    runPytest: (log: (line: string) => void) => Promise<Counts>;
  };
  return module.runPytest((line) => {
    print(`${line}\n`);
  });
}
