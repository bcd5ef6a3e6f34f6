import { deepEqual, equal } from 'node:assert/strict';
import type { PairProof } from '../../../src/core/probe/proof.ts';
import { ProofBook } from '../../../src/ui/proofBook.ts';

const AT = new Date('2026-01-02T03:04:05Z');
const pair = { networkInterfaceId: 'eni-1', privateAddress: '192.168.1.101', publicIp: '198.51.100.1' };
const proof: PairProof = {
  pair,
  inbound: { state: 'passed', evidence: { kind: 'ssh', localAddress: pair.privateAddress }, milliseconds: 1 },
  outbound: { state: 'passed', evidence: { kind: 'echo', seenAs: pair.publicIp }, milliseconds: 1 },
};

describe('what is remembered of proofs', () => {
  it('says what passed, and that the OS holds the address then', () => {
    const proofs = new ProofBook();
    proofs.put(proof, AT);
    deepEqual(proofs.get('eni-1', '192.168.1.101', '198.51.100.1'), { proof, at: AT });
    deepEqual(proofs.os('eni-1', '192.168.1.101'), { there: true, at: AT });
  });

  it('is not of another Elastic IP on the same address', () => {
    const proofs = new ProofBook();
    proofs.put(proof, AT);
    equal(proofs.get('eni-1', '192.168.1.101', '198.51.100.2'), undefined);
  });

  it('is no proof any more once the OS has lost the address', () => {
    const proofs = new ProofBook();
    proofs.put(proof, AT);
    proofs.putOs('eni-1', new Map([['192.168.1.10', false]]), AT);
    equal(proofs.get('eni-1', '192.168.1.101', '198.51.100.1')?.at, AT);
    proofs.putOs('eni-1', new Map([['192.168.1.101', true]]), AT);
    equal(proofs.get('eni-1', '192.168.1.101', '198.51.100.1')?.at, AT);
    proofs.putOs('eni-1', new Map([['192.168.1.101', false]]), AT);
    equal(proofs.get('eni-1', '192.168.1.101', '198.51.100.1'), undefined);
    deepEqual(proofs.os('eni-1', '192.168.1.101'), { there: false, at: AT });
  });

  it('is forgotten when another account is shown, with what was seen in the OS', () => {
    let over: (() => void) | undefined;
    const proofs = new ProofBook((listener) => {
      over = listener;
    });
    proofs.put(proof, AT);
    proofs.putOs('eni-1', new Map([['192.168.1.102', true]]), AT);
    over?.();
    equal(proofs.get('eni-1', '192.168.1.101', '198.51.100.1'), undefined);
    equal(proofs.os('eni-1', '192.168.1.101'), undefined);
    equal(proofs.os('eni-1', '192.168.1.102'), undefined);
  });
});
