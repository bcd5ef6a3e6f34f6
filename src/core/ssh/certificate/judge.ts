import type { Known } from '../hostKeys.ts';
import { fingerprint } from '../knownHosts.ts';
import { parseCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { isSignedBy, isStrong } from './signature.ts';

/** Why a certificate of an authority that is believed says nothing for a host. */
export type CertificateProblem = 'expired' | 'early' | 'otherName' | 'ofUser' | 'demands' | 'weak' | 'forged';

/** What a certificate is worth. */
export type CertificateVerdict =
  /** This key, in wire format, is the host's. */
  | { readonly state: 'certified'; readonly key: Buffer; readonly authority: string }
  | { readonly state: 'revoked'; readonly authority: string; readonly knownAt: string }
  | { readonly state: 'invalid'; readonly key: Buffer; readonly problem: CertificateProblem }
  /** Of nobody who is believed, or no certificate at all. */
  | { readonly state: 'nothing' };

/** How a certificate is to be looked at. */
export interface CertificateQuestion {
  /** The host's name, which has to be among those of the certificate. */
  readonly name: string;
  /** The marked lines that are about the host. */
  readonly lines: readonly Known[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Judges a host's certificate as OpenSSH does (`sshkey_cert_check_host`). */
export function judgeCertificate(bytes: Buffer, question: CertificateQuestion): CertificateVerdict {
  const certificate = parseCertificate(bytes);
  if (certificate === undefined) return { state: 'nothing' };
  const { key, authority: signer, signature, signed } = certificate;
  const isOfSigner = (line: Known) => line.key === signer.toString('base64');
  const authority = fingerprint(signer);
  const revoked = question.lines.find((line) => line.marker === 'revoked' && isOfSigner(line));
  if (revoked !== undefined) {
    return { state: 'revoked', authority, knownAt: `${revoked.path}:${revoked.line}` };
  }
  if (!question.lines.some((line) => line.marker === 'cert-authority' && isOfSigner(line))) {
    return { state: 'nothing' };
  }
  const problem = isSignedBy(signer, signed, signature)
    ? problemOf(certificate, question)
    : isStrong(signature)
      ? 'forged'
      : 'weak';
  return problem === undefined ? { state: 'certified', key, authority } : { state: 'invalid', key, problem };
}

function problemOf(
  { isOfHost, validAfter, validBefore, principals, hasCriticalOptions }: Certificate,
  { name, now }: CertificateQuestion,
): CertificateProblem | undefined {
  const seconds = BigInt(Math.floor(now / 1000));
  if (!isOfHost) return 'ofUser';
  if (seconds < validAfter) return 'early';
  if (seconds >= validBefore) return 'expired';
  if (principals.length > 0 && !principals.includes(name.toLowerCase())) return 'otherName';
  return hasCriticalOptions ? 'demands' : undefined;
}
