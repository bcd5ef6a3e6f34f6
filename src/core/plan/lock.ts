import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { CoreError } from '../base/errors.ts';

/** Says that nobody else applies a plan meanwhile. */
export interface PlanLock {
  release(): Promise<void>;
}

/** A living holder shows so often that it is there. */
const HEARTBEAT_MILLISECONDS = 10_000;
/** A holder that has not shown itself for so long may be gone, and its process id somebody else's by now. */
const GONE_AFTER_MILLISECONDS = 300_000;

/**
 * Takes the lock file of a plan, that of a process that is gone included.
 *
 * @throws {CoreError} `plan.locked` where another window, or this one, is applying the plan.
 */
export async function lockPlan(
  path: string,
  heartbeatMilliseconds = HEARTBEAT_MILLISECONDS,
): Promise<PlanLock> {
  const token = `${String(process.pid)} ${randomUUID()}`;
  if (!(await take(path, token))) {
    const holder = await holderOf(path);
    if (holder !== undefined && (await lives(path, holder, heartbeatMilliseconds))) throw locked(holder);
    if (holder !== undefined) await removeAbandoned(path, holder);
    if (!(await take(path, token))) throw locked((await holderOf(path)) ?? '');
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, heartbeatMilliseconds);
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

async function lives(path: string, holder: string, heartbeatMilliseconds: number): Promise<boolean> {
  const pid = pidOf(holder);
  if (pid !== undefined && !isRunning(pid)) return false;
  if (!(await isSilent(path))) return true;
  // Just made without a name in it, and left so.
  if (pid === undefined) return false;
  // The whole machine may have slept: a holder that lives shows itself within a heartbeat.
  await wait(heartbeatMilliseconds * 1.5);
  return !(await isSilent(path));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process lives too.
    return !isCode(error, 'ESRCH');
  }
}

async function isSilent(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  return Date.now() - mtimeMs > GONE_AFTER_MILLISECONDS;
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
