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
 * sshd insists on its directory and its user. Where the machine has no such user, only this process and its
 * children see one.
 */
const SCRIPT = `set -e
mkdir -p /run/sshd
if ! grep -q '^sshd:' /etc/passwd; then
  { cat /etc/passwd; echo 'sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin'; } >"$1/passwd"
  mount --bind "$1/passwd" /etc/passwd
fi
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
