import type { Means } from '../../core/diagnose/examine.ts';
import { isOnDisk } from '../../core/guest/onDisk.ts';
import { readGuest } from '../../core/guest/readGuest.ts';
import { prove } from '../../core/probe/prove.ts';
import { thisMachine } from '../../core/probe/vantage.ts';
import type { Diagnosis } from '../diagnose/door.ts';

/** What this bundle has anyway and the diagnosis works with. */
export const means: Means = { isOnDisk, readGuest, prove, thisMachine };

/** Loads the diagnosis at its first use. */
export async function loadDiagnosis(): Promise<Diagnosis> {
  const { openDiagnosis } = await import('../diagnose/door.ts');
  return openDiagnosis();
}
