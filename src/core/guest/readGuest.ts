import { CoreError } from '../base/errors.ts';
import type { CommandResult, GuestOperation, GuestShell } from '../ssh/shell.ts';
import { backends } from './backends.ts';
import { detectManager, sourceOf } from './detect.ts';
import type { GuestFacts, GuestInterface, GuestLink } from './facts.ts';
import { parseLinks, parseLiveAddresses } from './links.ts';
import { readCommon, readManagers, readPreamble } from './readScript.ts';
import { parseRecords } from './records.ts';
import type { GuestRecord } from './records.ts';

/** Reads all facts of a guest in one round trip, changing nothing. */
export const readGuestOperation: GuestOperation<GuestFacts> = {
  name: 'read the network configuration',
  script: [readPreamble, readCommon, readManagers, ...backends.map(({ readScript }) => readScript), ':'].join(
    '',
  ),
  // The files may be readable by root alone, and what comes next needs root anyway.
  asRoot: true,
  parse: (result) => parseFacts(result),
};

/** Reads all facts of a guest. Throws the `ssh.*` errors. */
export function readGuest(shell: GuestShell, signal?: AbortSignal): Promise<GuestFacts> {
  return shell.run(readGuestOperation, signal === undefined ? {} : { signal });
}

function parseFacts({ code, stdout, stderr }: CommandResult): GuestFacts {
  const records = parseRecords(stdout);
  const links = text(records, 'links');
  if (code !== 0 || links === undefined) {
    throw new CoreError('ssh.commandFailed', { operation: readGuestOperation.name, exitCode: code, stderr });
  }
  return {
    hostname: text(records, 'hostname') ?? '',
    hostnameResolves: text(records, 'resolves') !== undefined,
    rules: text(records, 'rules') ?? '',
    interfaces: parseLinks(links).map((link) => describe(link, records)),
    files: records.flatMap(({ kind, values: [readAs, path, bytes] }) =>
      kind === 'file' && readAs !== undefined && path !== undefined && bytes !== undefined
        ? [{ path: path.toString('utf8'), readAs: readAs.toString('utf8'), bytes }]
        : [],
    ),
    directories: records.filter(({ kind }) => kind === 'directory').map(({ values }) => String(values[0])),
  };
}

function describe(link: GuestLink, records: readonly GuestRecord[]) {
  const owner = records.find(({ kind, values }) => kind === 'owner' && String(values[0]) === link.name);
  const [, networkFile = '', nmcli = '', ifstate = ''] = owner?.values.map(String) ?? [];
  const answers = {
    ...{ networkFile, nmcli, ifstate },
    ifquery: text(records, 'ifquery') ?? '',
    ec2net: text(records, 'ec2net') !== undefined,
    nmCloudSetup: text(records, 'nmCloudSetup') !== undefined,
  };
  const source = sourceOf(answers);
  const nic: GuestInterface = {
    ...link,
    manager: detectManager(answers),
    ...(source === undefined ? {} : { source }),
    addresses: parseLiveAddresses(text(records, 'addresses') ?? '', link.name),
  };
  return nic;
}

function text(records: readonly GuestRecord[], kind: string): string | undefined {
  return records.find((record) => record.kind === kind)?.values[0]?.toString('utf8');
}
