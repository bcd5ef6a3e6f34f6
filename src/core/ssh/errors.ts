/** Why a guest cannot be reached or a command there fails. */
export interface SshErrors {
  'ssh.keyMissing': { readonly path: string };
  'ssh.keyUnreadable': { readonly path: string; readonly reason: string };
  'ssh.keyEncrypted': { readonly path: string };
  'ssh.keyWrongPassphrase': { readonly path: string };
  'ssh.keyUnwritable': { readonly path: string; readonly reason: string };
  'ssh.keyInvalid': { readonly path: string };
  'ssh.hostKeyChanged': {
    readonly host: string;
    readonly expected: string;
    readonly actual: string;
    readonly knownAt: string;
  };
  'ssh.hostKeyRejected': { readonly host: string; readonly fingerprint: string };
  'ssh.hostKeyRevoked': { readonly host: string; readonly fingerprint: string; readonly knownAt: string };
  /** `fingerprint` is of the key that signed the host's certificate. */
  'ssh.hostAuthorityRevoked': {
    readonly host: string;
    readonly fingerprint: string;
    readonly knownAt: string;
  };
  /** The machine printed other fingerprints to its console than the one that answers shows. */
  'ssh.hostKeyNotPrinted': {
    readonly host: string;
    readonly actual: string;
    readonly printed: readonly string[];
  };
  'ssh.noAnswer': { readonly host: string; readonly port: number; readonly seconds: number };
  'ssh.refused': { readonly host: string; readonly port: number };
  'ssh.loginRefused': { readonly host: string; readonly user: string };
  /** All else was refused, and what is left is a key that cannot be used here: a key file, or what the agent calls it. */
  'ssh.securityKey': { readonly host: string; readonly user: string; readonly key: string };
  /** The server ended after `tried` keys; there were more. */
  'ssh.tooManyKeys': { readonly host: string; readonly user: string; readonly tried: number };
  /** The bastion is there, and does not get further. */
  'ssh.jumpFailed': {
    readonly bastion: string;
    readonly host: string;
    readonly port: number;
    readonly reason: string;
  };
  /** A person's configuration has a program make the way to this host. */
  'ssh.proxyCommand': { readonly host: string };
  'ssh.configInvalid': { readonly path: string; readonly line: number; readonly text: string };
  /** What answers there does not speak SSH, or nothing that both sides understand. */
  'ssh.protocol': { readonly host: string; readonly port: number; readonly reason: string };
  'ssh.unknownHost': { readonly host: string };
  'ssh.connectionLost': { readonly host: string };
  'ssh.commandFailed': { readonly operation: string; readonly exitCode: number; readonly stderr: string };
  'ssh.sudoNeedsPassword': { readonly host: string; readonly user: string };
  /** sudo did not take the password, as often as one was given. */
  'ssh.sudoWrongPassword': { readonly host: string; readonly user: string };
  /** There is no sudo, or it refuses this user; `reason` is what it said. */
  'ssh.sudoRefused': { readonly host: string; readonly user: string; readonly reason: string };
}
