import type { Diagnosis } from '../diagnose/door.ts';

/** Loads the diagnosis at its first use. */
export async function loadDiagnosis(): Promise<Diagnosis> {
  const { diagnosis } = await import('../diagnose/door.ts');
  return diagnosis;
}
