import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { CoreError } from '../../../../src/core/base/errors.ts';
import type { ErrorCode } from '../../../../src/core/base/errors.ts';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import { errorSentence } from '../../../../src/words/errorSentence.ts';
import { OperatorError } from '../operator.ts';
import type { KindGuest } from './guests.ts';

/** Something that is wrong with a guest when a plan is applied there, and the code by which that is refused. */
interface BadInput {
  readonly name: string;
  readonly code: ErrorCode;
  /** Shell that makes it so, given a directory that the plan writes to and the file there, and what puts it right. */
  readonly make: (directory: string, path: string) => string;
  readonly mend: (directory: string, path: string) => string;
  /** Whether there must be a file already. */
  readonly needsFile?: true;
}

/** As `chattr` does, which the guests lack. */
const setImmutable = (path: string, flags: '0x10' | '0') => `python3 -c "
import fcntl, os, struct
fcntl.ioctl(os.open('${path}', os.O_RDONLY), 0x40086602, struct.pack('l', ${flags}))"`;

const badInputs: readonly BadInput[] = [
  {
    name: 'a read-only file system',
    code: 'guest.fileNotWritable',
    make: (directory) => `mount --bind ${directory} ${directory}; mount -o remount,bind,ro ${directory}`,
    mend: (directory) => `umount ${directory}`,
  },
  {
    name: 'an immutable directory',
    code: 'guest.fileNotWritable',
    make: (directory) => setImmutable(directory, '0x10'),
    mend: (directory) => setImmutable(directory, '0'),
  },
  {
    name: 'an immutable file',
    code: 'guest.fileNotWritable',
    needsFile: true,
    make: (_, path) => setImmutable(path, '0x10'),
    mend: (_, path) => setImmutable(path, '0'),
  },
  {
    name: 'a full disk below /etc',
    code: 'guest.fileNotWritable',
    make: (directory) => `
      mkdir /root/full; cp -a ${directory}/. /root/full/; mount -t tmpfs -o size=64k none ${directory}
      cp -a /root/full/. ${directory}/; cat /dev/zero > /${directory}/.fills 2>/dev/null || true`,
    mend: (directory) => `umount ${directory}; rm -rf /root/full`,
  },
  {
    name: 'a full disk below /var',
    code: 'guest.fileNotWritable',
    make: () => `
      mount -t tmpfs -o size=16k none /var/lib/ec2-multi-ip
      head -c 12288 /dev/zero > /var/lib/ec2-multi-ip/fills`,
    mend: () => 'umount /var/lib/ec2-multi-ip',
  },
  {
    name: 'no sudo',
    code: 'ssh.sudoRefused',
    make: () => 'mv /usr/bin/sudo /root/',
    mend: () => 'mv /root/sudo /usr/bin/',
  },
];

/** The program without which each manager is half installed, and what then refuses a plan that was made before. */
const programs: Readonly<Record<string, readonly [program: string, code: ErrorCode]>> = {
  'ifupdown-classic': ['/usr/sbin/ifquery', 'guest.candidateRefused'],
  'ifupdown-cloud-form': ['/usr/sbin/ifquery', 'guest.candidateRefused'],
  'ifupdown-cloud-init': ['/usr/sbin/ifquery', 'guest.candidateRefused'],
  'ifupdown-ng': ['/usr/sbin/ifquery', 'guest.candidateRefused'],
  ifupdown2: ['/usr/sbin/ifquery', 'guest.candidateRefused'],
  'netplan-id': ['/usr/sbin/netplan', 'guest.candidateRefused'],
  'netplan-all-en': ['/usr/bin/networkctl', 'guest.candidateRefused'],
  networkd: ['/usr/bin/networkctl', 'guest.candidateRefused'],
  NetworkManager: ['/usr/bin/nmcli', 'guest.candidateRefused'],
};

/** Shell that has every shell of the user greet, in words that our scripts use, and speak another language. */
export const oddUser = `
  printf 'echo "Willkommen"; echo "refused"; echo ok; echo reverted >&2\\n' | cat - /home/admin/.bashrc > /root/bashrc
  cp /root/bashrc /home/admin/.bashrc
  printf 'LANG=de_DE.UTF-8\\nLC_ALL=de_DE.UTF-8\\n' > /etc/environment`;

/** Whatever is wrong is said in a sentence, and nothing of the guest is changed by the try; `look` shows what there is. */
export async function assertRefusesBadInput(guest: KindGuest, kind: string, look: string): Promise<void> {
  const plan = await guest.operator.call('plan', { addresses: guest.addresses.slice(0, 1) });
  const [change] = plan.changes;
  assert.ok(change?.kind === 'configureGuest');
  const [file] = change.input.files;
  const directory = await guest.inGuest(
    `d=${posix.dirname(file?.path ?? '')}; [ -d $d ] || d=\${d%/*}; printf %s $d`,
  );
  const before = await guest.inGuest(look);
  const { path = '', before: bytes = null } = file ?? {};
  for (const { name, code, make, mend, needsFile = false } of badInputs) {
    if (needsFile && bytes === null) continue;
    await guest.inGuest(make(directory, path));
    await assertRefuses(guest, plan, code, `${kind}, ${name}`);
    await guest.inGuest(mend(directory, path));
    assert.equal(await guest.inGuest(look), before, `${kind}, ${name}`);
  }
  const [program, code] = programs[kind] ?? ['', 'guest.candidateRefused'];
  await guest.inGuest(`mv ${program} /root/away`);
  await assertRefuses(guest, plan, code, `${kind} without ${program}`);
  await guest.inGuest(`mv /root/away ${program}`);
  assert.equal(await guest.inGuest(look), before, `${kind} without ${program}`);
}

async function assertRefuses({ operator }: KindGuest, plan: Plan, code: ErrorCode, what: string) {
  const error: unknown = await operator.call('apply', { plan }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof OperatorError, `${what}: ${String(error)}`);
  assert.equal(error.code, code, `${what}: ${error.message}`);
  const sentence = errorSentence(new CoreError(code, error.data as never));
  if (process.env['SAY'] !== undefined) process.stdout.write(`    ${what}: ${sentence}\n`);
  assert.match(sentence, /^[^{}\n]{20,}$/);
  assert.doesNotMatch(sentence, /undefined|\[object|I\/O error/);
}
