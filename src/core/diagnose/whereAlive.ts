import { isCoreError } from '../base/errors.ts';

/** What was read before a guest was lost is worth telling. */
export async function whereAlive<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isCoreError(error, 'ssh.connectionLost')) return otherwise;
    throw error;
  }
}
