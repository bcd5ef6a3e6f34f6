import { shellQuote } from '../../base/quoting.ts';
import type { OpenShell } from '../../ssh/shell.ts';
import { stateRoot } from './paths.ts';

/** Whether a transaction was confirmed on the guest: it keeps the mark. */
export async function findTransaction(
  transaction: string,
  open: OpenShell,
  signal?: AbortSignal,
): Promise<boolean> {
  const shell = await open(signal);
  try {
    return await shell.run(
      {
        name: 'look for a confirmed network change',
        script: `test -e ${shellQuote(`${stateRoot}/${transaction}/confirmed`)}`,
        asRoot: true,
        parse: ({ code }) => code === 0,
      },
      signal === undefined ? {} : { signal },
    );
  } finally {
    shell.close();
  }
}
