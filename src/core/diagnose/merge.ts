import type { Finding } from './finding.ts';

/** What diagnosing a pair comes to. */
interface WithFindings {
  readonly findings: readonly Finding[];
}

/**
 * Makes the mending of a VPC's gateway, which every pair of the VPC asks for, one that mends them all: it can be
 * attached only once, and then each pair that went with it is put back. Pure.
 */
export function mergeGatewayFixes<T extends WithFindings>(all: readonly T[]): readonly T[] {
  const specs = all.flatMap(({ findings }) =>
    findings.flatMap(({ fix }) => (fix?.recipe === 'mend' && fix.spec.what === 'gateway' ? [fix.spec] : [])),
  );
  return all.map((one) => ({
    ...one,
    findings: one.findings.map((found): Finding => {
      const { fix } = found;
      if (fix?.recipe !== 'mend' || fix.spec.what !== 'gateway') return found;
      const { vpcId } = fix.spec;
      const pairs = specs.filter((spec) => spec.vpcId === vpcId).flatMap((spec) => spec.pairs);
      return { ...found, fix: { ...fix, spec: { ...fix.spec, pairs } } };
    }),
  }));
}
