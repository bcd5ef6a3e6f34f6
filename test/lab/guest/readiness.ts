import { existsSync, readFileSync } from 'node:fs';

/** The guest's first process, by its id in the lab: the child of systemd-nspawn that is process 1 of its namespace. */
export function initOf(nspawn: number): number | undefined {
  const children = read(`/proc/${nspawn}/task/${nspawn}/children`).trim().split(/\s+/);
  const init = children.find((child) => /^NSpid:.*\s1$/m.test(read(`/proc/${child}/status`)));
  return init === undefined ? undefined : Number(init);
}

/** Whether systemd turns users away, as it does while a machine boots and while it shuts down. */
export function turnsUsersAway(init: number): boolean {
  return existsSync(`/proc/${init}/root/run/nologin`);
}

/**
 * Whether a guest has come up: it has its primary address, and something listens on TCP port 22.
 *
 * Read from the kernel's own tables, so that no security group and no firewall in the guest matters.
 */
export function hasComeUp(init: number, primaryAddress: string): boolean {
  const listens = /^\s*\d+: [0-9A-F]{8,32}:0016 [0-9A-F]{8,32}:0000 0A /m;
  const holds = new RegExp(`\\|-- ${primaryAddress.replaceAll('.', '\\.')}\\n\\s+/32 host LOCAL`);
  const addressed = holds.test(read(`/proc/${init}/net/fib_trie`));
  return addressed && ['tcp', 'tcp6'].some((table) => listens.test(read(`/proc/${init}/net/${table}`)));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
