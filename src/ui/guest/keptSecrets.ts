import type { SecretStorage } from 'vscode';

/** Where the names of all that is kept are kept: not every VS Code that this runs in lists them. */
const NAMES = 'names';

/** Keeps a secret until it is forgotten. */
export async function keepSecret(secrets: SecretStorage, name: string, value: string): Promise<void> {
  // First the name, so that nothing is ever kept that is not listed.
  await store(secrets, new Set([...(await keptSecrets(secrets)), name]));
  await secrets.store(name, value);
}

/** Forgets a secret; one that was not kept is no matter. */
export async function forgetSecret(secrets: SecretStorage, name: string): Promise<void> {
  await secrets.delete(name);
  const names = new Set(await keptSecrets(secrets));
  if (names.delete(name)) await store(secrets, names);
}

/** The names of all that is kept, sorted. */
export async function keptSecrets(secrets: SecretStorage): Promise<readonly string[]> {
  const names = await secrets.get(NAMES);
  return names === undefined ? [] : (JSON.parse(names) as string[]);
}

async function store(secrets: SecretStorage, names: ReadonlySet<string>): Promise<void> {
  if (names.size === 0) await secrets.delete(NAMES);
  else await secrets.store(NAMES, JSON.stringify([...names].sort()));
}
