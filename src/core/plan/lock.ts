import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { CoreError } from '../base/errors.ts';

/** Says that nobody else applies a plan meanwhile. */
export interface PlanLock {
  release(): Promise<void>;
}

/** A living holder shows so often that it is there. */
const HEARTBEAT_MILLISECONDS = 10_000;
/** A holder that has not shown itself for so long is gone, and its process id somebody else's by now. */
const GONE_AFTER_MILLISECONDS = 300_000;

/**
 * Takes the lock file of a plan, that of a process that is gone included.
 *
 * @throws {CoreError} `plan.locked` where another window, or this one, is applying the plan.
 */
export async function lockPlan(path: string): Promise<PlanLock> {
  const token = `${String(process.pid)} ${randomUUID()}`;
  if (!(await take(path, token))) {
    const holder = await holderOf(path);
    if (holder !== undefined && (await lives(path, holder))) throw locked(holder);
    if (holder !== undefined) await removeAbandoned(path, holder);
    if (!(await take(path, token))) throw locked((await holderOf(path)) ?? '');
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MILLISECONDS);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      if ((await holderOf(path)) === token) await rm(path, { force: true });
    },
  };
}

/** Makes the file, which one alone can; until its name is in it, nobody else takes it for abandoned. */
async function take(path: string, token: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(token);
    await file.close();
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** `undefined` where there is no such file any more. */
async function holderOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function lives(path: string, holder: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  if (Date.now() - mtimeMs > GONE_AFTER_MILLISECONDS) return false;
  const pid = pidOf(holder);
  // Just made, and its holder is about to write its name.
  if (pid === undefined) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process lives too.
    return !isCode(error, 'ESRCH');
  }
}

/** Removes the file, with nobody else removing one meanwhile: it might be a new one by then. */
async function removeAbandoned(path: string, holder: string): Promise<void> {
  const guard = `${path}.takeover`;
  const { mtimeMs } = await stat(guard).catch(() => ({ mtimeMs: Date.now() }));
  // Whoever held this one was killed within a moment of it.
  if (Date.now() - mtimeMs > GONE_AFTER_MILLISECONDS) await rm(guard, { force: true });
  if (!(await take(guard, String(process.pid)))) throw locked(holder);
  try {
    if ((await holderOf(path)) === holder) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

function pidOf(holder: string): number | undefined {
  const pid = Number(holder.split(' ')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

function locked(holder: string): CoreError {
  return new CoreError('plan.locked', { process: pidOf(holder) ?? 0 });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
