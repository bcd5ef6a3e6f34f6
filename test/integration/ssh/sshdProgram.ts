import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { libraryPath, unpackedPackage } from '../debianPackage.ts';

/** A command that runs sshd in the foreground, and what its environment needs. */
export interface SshdProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const INSTALLED = '/usr/sbin/sshd';

/**
 * sshd insists on its directory and its user; only this process and its children see that user. They also see the
 * users with a home of the test's own, because what the machine's shell does there at a login is not what is tested:
 * some of it waits for locks that a killed shell left.
 */
const SCRIPT = `set -e
mkdir -p /run/sshd "$1/home"
{
  grep -v '^sshd:' /etc/passwd | awk -F: -v OFS=: -v home="$1/home" '{ $6 = home; print }'
  echo 'sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin'
} >"$1/passwd"
mount --bind "$1/passwd" /etc/passwd
exec "$2" -D -e -f "$3"`;

/** Debian's own sshd: the machine's, or one unpacked into the cache, so that none has to be installed and started. */
export async function sshdProgram(directory: string, configFile: string): Promise<SshdProgram> {
  const unpacked = existsSync(INSTALLED) ? undefined : await unpackedSshd();
  return {
    command: 'unshare',
    args: ['--mount', 'sh', '-c', SCRIPT, 'sshd', directory, unpacked?.program ?? INSTALLED, configFile],
    env: { ...process.env, ...(unpacked !== undefined && { LD_LIBRARY_PATH: unpacked.libraries }) },
  };
}

async function unpackedSshd(): Promise<{ readonly program: string; readonly libraries: string }> {
  const [server, wrap] = await Promise.all(['openssh-server', 'libwrap0'].map(unpackedPackage));
  return { program: join(server ?? '', 'usr/sbin/sshd'), libraries: libraryPath(wrap ?? '') };
}
