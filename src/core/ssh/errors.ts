/** Why a guest cannot be reached or a command there fails. */
export interface SshErrors {
  'ssh.keyMissing': { readonly path: string };
  'ssh.keyUnreadable': { readonly path: string; readonly reason: string };
  'ssh.keyEncrypted': { readonly path: string };
  'ssh.keyWrongPassphrase': { readonly path: string };
  'ssh.keyInvalid': { readonly path: string };
  'ssh.hostKeyChanged': {
    readonly host: string;
    readonly expected: string;
    readonly actual: string;
    readonly knownAt: string;
  };
  'ssh.hostKeyRejected': { readonly host: string; readonly fingerprint: string };
  'ssh.noAnswer': { readonly host: string; readonly port: number; readonly seconds: number };
  'ssh.refused': { readonly host: string; readonly port: number };
  'ssh.loginRefused': { readonly host: string; readonly user: string };
  /** What answers there does not speak SSH, or nothing that both sides understand. */
  'ssh.protocol': { readonly host: string; readonly port: number; readonly reason: string };
  'ssh.unknownHost': { readonly host: string };
  'ssh.connectionLost': { readonly host: string };
  'ssh.commandFailed': { readonly operation: string; readonly exitCode: number; readonly stderr: string };
  'ssh.sudoNeedsPassword': { readonly host: string; readonly user: string };
  /** There is no sudo, or it refuses this user; `reason` is what it said. */
  'ssh.sudoRefused': { readonly host: string; readonly user: string; readonly reason: string };
}
