import type { GuestOperation, GuestShell, OpenShell } from './shell.ts';

/** Two ways to open connections to one guest, of which the second may go on with one of the first. */
export interface KeptConnection {
  /** Opens a new connection that, when it is closed, is kept for a while instead. */
  readonly open: OpenShell;
  /** Gives the kept connection where it still answers, and a new one otherwise; closing it closes it. */
  readonly resume: OpenShell;
  /** Closes the kept connection, where no step is to follow any more. */
  readonly end: () => void;
}

/** How long a connection is kept for the next step, in milliseconds: about what a person reads a preview for. */
const keptMilliseconds = 120_000;
/** A connection that was used this short a time ago is believed to be there still. */
const believedMilliseconds = 1000;
/** How long another one may take to show that it is there, before a new one is quicker. */
const answerMilliseconds = 2000;

const sign: GuestOperation<undefined> = {
  name: 'ask for a sign of life',
  script: ':',
  asRoot: false,
  parse: () => undefined,
};

interface Kept {
  readonly shell: GuestShell;
  readonly since: number;
  readonly end: NodeJS.Timeout;
}

/**
 * Lets two steps that follow each other, such as reading a guest and then changing it, share a connection: a login
 * takes as long as all that such a step does.
 */
export function keepConnection(open: OpenShell): KeptConnection {
  let kept: Kept | undefined;
  const take = (): Kept | undefined => {
    const taken = kept;
    kept = undefined;
    clearTimeout(taken?.end);
    return taken;
  };
  const put = (shell: GuestShell): void => {
    take()?.shell.close();
    const end = setTimeout(() => take()?.shell.close(), keptMilliseconds);
    // Nobody waits for it: a process that is done may end before.
    end.unref();
    kept = { shell, since: performance.now(), end };
  };
  return {
    open: async (signal) => {
      const shell = await open(signal);
      return {
        ...{ host: shell.host, user: shell.user },
        arrivedAt: (abort) => shell.arrivedAt(abort),
        run: (operation, options) => shell.run(operation, options),
        close: () => {
          put(shell);
        },
      };
    },
    resume: async (signal) => {
      const taken = take();
      if (taken === undefined) return open(signal);
      if (await answers(taken, signal)) return taken.shell;
      taken.shell.close();
      return open(signal);
    },
    end: () => take()?.shell.close(),
  };
}

async function answers({ shell, since }: Kept, signal?: AbortSignal): Promise<boolean> {
  if (performance.now() - since < believedMilliseconds) return true;
  const limit = AbortSignal.timeout(answerMilliseconds);
  try {
    await shell.run(sign, { signal: AbortSignal.any([limit, ...(signal ? [signal] : [])]) });
    return true;
  } catch {
    return false;
  }
}
