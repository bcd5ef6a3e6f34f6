import { createHash } from 'node:crypto';
import { fingerprint } from './knownHosts.ts';

/**
 * The fingerprints of its host keys that a machine printed to its console at its last boot, as cloud-init does:
 * SHA-256 as OpenSSH writes it, or MD5 in older images.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-to-linux-instance.html (host fingerprint)
 */
export function consoleFingerprints(output: string): readonly string[] {
  const [last = ''] = output
    .split(/-----BEGIN SSH HOST KEY FINGERPRINTS-----/)
    .slice(1)
    .slice(-1);
  const [block = ''] = last.split(/-----END SSH HOST KEY FINGERPRINTS-----/);
  const found = block.matchAll(
    /\b\d{3,5} (?:(SHA256:[A-Za-z0-9+/]{43})|(?:MD5:)?((?:[0-9a-f]{2}:){15}[0-9a-f]{2}))\s/g,
  );
  return [...found].map(([, sha256, md5]) => sha256 ?? `MD5:${md5 ?? ''}`);
}

/** Whether one of these fingerprints is that of a public key in wire format. */
export function isPrinted(key: Buffer, fingerprints: readonly string[]): boolean {
  const md5 = (createHash('md5').update(key).digest('hex').match(/../g) ?? []).join(':');
  return fingerprints.includes(fingerprint(key)) || fingerprints.includes(`MD5:${md5}`);
}
