import type { SecretStorage } from 'vscode';

/** Where the names of all that is kept are kept: not every VS Code that this runs in lists them. */
const NAMES = 'names';
/** A storage that keeps nothing, as where the system's keyring is locked, is not asked for ever. */
const MOST_TRIES = 5;

/** What a newer VS Code can do besides. */
interface ListingStorage extends SecretStorage {
  keys?(): Thenable<readonly string[]>;
}

/** What is last done to each storage, so that two who change the list at once do not lose each other's names. */
const last = new WeakMap<SecretStorage, Promise<unknown>>();

function inTurn<T>(secrets: SecretStorage, work: () => Promise<T>): Promise<T> {
  const turn = (last.get(secrets) ?? Promise.resolve()).then(work);
  last.set(
    secrets,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Keeps a secret until it is forgotten. */
export function keepSecret(secrets: SecretStorage, name: string, value: string): Promise<void> {
  return inTurn(secrets, async () => {
    // First the name, so that nothing is ever kept that is not listed.
    await list(secrets, name);
    await secrets.store(name, value);
    // Another window may have written what it read before.
    await list(secrets, name);
  });
}

/** A kept secret; none where the storage does not open, as after the system's keyring was made anew: then it is asked for. */
export async function secretOf(secrets: SecretStorage, name: string): Promise<string | undefined> {
  try {
    return await secrets.get(name);
  } catch {
    return undefined;
  }
}

/** Forgets a secret; one that was not kept is no matter. */
export function forgetSecret(secrets: SecretStorage, name: string): Promise<void> {
  return inTurn(secrets, async () => {
    await secrets.delete(name);
    const names = await listed(secrets);
    if (names.delete(name)) await store(secrets, names);
  });
}

/** The names of all that is kept, sorted. */
export async function keptSecrets(secrets: SecretStorage): Promise<readonly string[]> {
  const names = await listed(secrets);
  for (const name of (await (secrets as ListingStorage).keys?.()) ?? []) names.add(name);
  names.delete(NAMES);
  return [...names].sort();
}

/** Adds a name to the list, until it is there: another window may write it at the same time. */
async function list(secrets: SecretStorage, name: string): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const names = await listed(secrets);
    if (names.has(name)) return;
    await store(secrets, names.add(name));
  }
}

async function listed(secrets: SecretStorage): Promise<Set<string>> {
  const names = await secrets.get(NAMES);
  return new Set(names === undefined ? [] : (JSON.parse(names) as string[]));
}

async function store(secrets: SecretStorage, names: ReadonlySet<string>): Promise<void> {
  if (names.size === 0) await secrets.delete(NAMES);
  else await secrets.store(NAMES, JSON.stringify([...names].sort()));
}
