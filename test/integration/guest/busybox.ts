import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackedPackage } from '../debianPackage.ts';

const tools =
  'cat cp mv rm mkdir rmdir grep sed cmp wc ls readlink tr head cut sync hostname base64 od setsid sleep kill id env printf sort true test nohup mktemp mkfifo awk seq ip';

/**
 * Has a guest know the tools of busybox alone, its shell too, and nothing that runs a timer; gives what restores it.
 * The network manager's own programs stay.
 */
export async function useBusybox(
  rootDirectory: string,
  inGuest: (script: string) => Promise<string>,
): Promise<() => Promise<void>> {
  await copyFile(
    join(await unpackedPackage('busybox'), 'bin', 'busybox'),
    join(rootDirectory, 'root', 'busybox'),
  );
  await inGuest(`
    for tool in ${tools}; do
      ln -sf /root/busybox /usr/local/sbin/$tool
      ln -sf /root/busybox /usr/local/bin/$tool
    done
    chmod 755 /root /root/busybox; ln -sf /root/busybox /usr/local/bin/sh; ln -sf /root/busybox /usr/local/sbin/sh
    chmod a-x /usr/bin/systemd-run`);
  return async () => {
    await inGuest(`
      for tool in ${tools} sh; do rm -f /usr/local/sbin/$tool /usr/local/bin/$tool; done
      chmod a+x /usr/bin/systemd-run`);
  };
}
