import { CoreError } from '../../base/errors.ts';
import type { Value } from '../plan.ts';
import { type PlanBuilder, output } from '../planBuilder.ts';

/** The key pair that an instance is launched with; with `publicKey` (OpenSSH's one line) it is imported. */
export interface KeyChoice {
  readonly name: string;
  readonly publicKey?: string;
}

/**
 * Looks whether a key pair that is to be used is there, and that one to be imported takes no other's name.
 *
 * @throws {CoreError} `plan.notFound`, `plan.nameTaken`
 */
export function requireKeyPair({ name, publicKey }: KeyChoice, keyNames: readonly string[]): void {
  const exists = keyNames.includes(name);
  if (publicKey === undefined && !exists)
    throw new CoreError('plan.notFound', { what: 'key pair', id: name });
  if (publicKey !== undefined && exists) throw new CoreError('plan.nameTaken', { what: 'key pair', name });
}

/** Adds the import of a key pair, where it is to be imported; gives what a launch names it by. */
export function addKeyPair(plan: PlanBuilder, key: KeyChoice | undefined): { readonly keyName?: Value } {
  if (key?.publicKey === undefined) return key === undefined ? {} : { keyName: key.name };
  plan.add('key', 'importKeyPair', { keyName: key.name, publicKey: key.publicKey.trim() });
  return { keyName: output('key', 'keyName') };
}
