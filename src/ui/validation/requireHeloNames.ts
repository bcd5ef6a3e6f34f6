import { CoreError } from '../../core/base/errors.ts';
import { isDomainName } from '../../core/plan/recipes/reverseDns.ts';

/**
 * The names that a setting gives to private addresses, whatever a person has written there; throws `probe.heloName`.
 *
 * They go into the files of a mail server, where a line break would begin another setting.
 */
export function requireHeloNames(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) {
    throw new CoreError('probe.heloName', { name: JSON.stringify(value) });
  }
  return Object.fromEntries(
    Object.entries(value).map(([address, name]: [string, unknown]) => {
      if (typeof name === 'string' && isDomainName(name)) return [address, name];
      throw new CoreError('probe.heloName', { name: typeof name === 'string' ? name : JSON.stringify(name) });
    }),
  );
}
