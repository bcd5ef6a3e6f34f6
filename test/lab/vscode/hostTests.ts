import type { Log } from './install.ts';
import { startVsCode, type ServerOptions } from './server.ts';
import { openWorkbench } from './workbench.ts';

/** What is run where. All paths are absolute. */
export interface HostTestOptions extends Pick<ServerOptions, 'settings' | 'env' | 'spawnPrefix' | 'locale'> {
  folder: string;
  extensionDevelopmentPath: string;
  /** A CommonJS file that exports `run(): Promise<void>`; a rejection is a failure of the run. */
  extensionTestsPath: string;
  /** How long the run may take, from the open window on. */
  timeoutMs: number;
  log: Log;
}

/** How a run ended. */
export interface HostTestRun {
  /** 0 if `run()` resolved, else another number. */
  readonly code: number;
  /** The window's developer console, the extension host's included, oldest first. VS Code itself is chatty. */
  readonly console: readonly string[];
}

/**
 * Runs tests inside the extension host of a real VS Code. They report through files of their own.
 * @throws Error if VS Code does not start, or the run takes longer than it may.
 */
export async function runHostTests(options: HostTestOptions): Promise<HostTestRun> {
  const server = await startVsCode({ ...options, driver: true });
  try {
    const { promise: exit, resolve } = Promise.withResolvers<number>();
    const window = await openWorkbench({ ...options, origin: server.origin }, async (page) => {
      // VS Code's own hooks for a test driver: it wants both, and calls the first when the run has ended.
      await page.exposeFunction('codeAutomationExit', resolve);
      await page.exposeFunction('codeAutomationLog', () => undefined);
    });
    try {
      const hint = (): string => window.console.slice(-30).join('\n');
      return { code: await within(options.timeoutMs, exit, hint), console: window.console };
    } finally {
      await window.close();
    }
  } finally {
    await server.stop();
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>, hint: () => string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(
      new Error(`The tests did not end within ${milliseconds / 1000} s. The window's console:\n${hint()}`),
    );
  }, milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
