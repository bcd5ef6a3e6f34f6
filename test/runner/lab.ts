import { runPytest } from '../lab/emulator/pytest.ts';
import { labUnavailable as whyNoLab } from '../lab/requirements.ts';
import type { Counts, SuiteContext } from './suite.ts';

/** A sentence if this machine cannot run the lab. */
export function labUnavailable(): Promise<string | undefined> {
  return Promise.resolve(whyNoLab());
}

/** Runs the emulator's own tests, which are Python. */
export function emulatorPytest({ print }: SuiteContext): Promise<Counts> {
  return runPytest((line) => {
    print(`${line}\n`);
  });
}
