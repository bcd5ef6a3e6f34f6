import type { NetworkManager } from './facts.ts';

/** What the managers of a guest say about one interface. */
export interface OwnershipAnswers {
  /** The `Network File` line of networkctl, or nothing. */
  readonly networkFile: string;
  /** State and connection of nmcli, a line each, then `eth0:` and the profile's file; or nothing. */
  readonly nmcli: string;
  /** `eth0=eth0` where ifupdown brought it up. */
  readonly ifstate: string;
  /** What `ifquery --version` printed. */
  readonly ifquery: string;
  /** Whether Amazon Linux 2's ec2-net-utils are installed. */
  readonly ec2net: boolean;
  /** Whether NetworkManager's cloud helper runs. */
  readonly nmCloudSetup: boolean;
}

/** Which manager owns an interface: the first that says so, since a configuration file proves nothing. */
export function detectManager(answers: OwnershipAnswers): NetworkManager {
  const path = networkFileOf(answers);
  if (path !== undefined) return ofNetworkFile(path);
  if (isManaged(answers)) return ofProfile(answers);
  if (answers.ec2net) return 'ec2-net-utils';
  if (answers.ifstate.includes('=')) return ofIfquery(answers.ifquery);
  return 'unknown';
}

/** The unit or profile by which networkd or NetworkManager configures an interface. */
export function sourceOf(answers: OwnershipAnswers): string | undefined {
  return networkFileOf(answers) ?? (isManaged(answers) ? profileOf(answers) : undefined);
}

function networkFileOf({ networkFile }: OwnershipAnswers): string | undefined {
  return /Network File:\s*(\/.*\S)/.exec(networkFile)?.[1];
}

function isManaged({ nmcli }: OwnershipAnswers): boolean {
  // What it calls external was configured by somebody else; it only looks on.
  return /^100\b(?!.*externally)/.test(nmcli);
}

function profileOf({ nmcli }: OwnershipAnswers): string | undefined {
  return /^[^\n:]+:(\/[^\n]*)$/m.exec(nmcli)?.[1];
}

function ofProfile(answers: OwnershipAnswers): NetworkManager {
  if (answers.nmCloudSetup) return 'nm-cloud-setup';
  const isNetplans = /\/netplan-[^/]*$/.test(profileOf(answers) ?? '');
  return isNetplans ? 'netplan' : 'NetworkManager';
}

function ofNetworkFile(path: string): NetworkManager {
  if (/^\/run\/systemd\/network\/\d+-netplan-/.test(path)) return 'netplan';
  return /^\/run\/systemd\/network\/(70|07)-/.test(path) ? 'amazon-ec2-net-utils' : 'networkd';
}

function ofIfquery(version: string): NetworkManager {
  if (version.includes('ifupdown2')) return 'ifupdown2';
  return version.includes('ifquery version 0.') ? 'ifupdown' : 'ifupdown-ng';
}
