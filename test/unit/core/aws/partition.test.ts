import assert from 'node:assert/strict';
import { arnOf, consoleUrl } from '../../../../src/core/aws/partition.ts';

describe('AWS’s partitions', () => {
  it('have consoles of their own', () => {
    const hosts = ['eu-central-1', 'cn-north-1', 'us-gov-west-1'].map(
      (region) => new URL(consoleUrl(region, { kind: 'region' })).host,
    );
    assert.deepEqual(hosts, [
      'eu-central-1.console.aws.amazon.com',
      'cn-north-1.console.amazonaws.cn',
      'console.amazonaws-us-gov.com',
    ]);
  });

  it('stand in ARNs', () => {
    assert.equal(
      arnOf('cn-north-1', '123456789012', { kind: 'eip', id: 'eipalloc-1' }),
      'arn:aws-cn:ec2:cn-north-1:123456789012:elastic-ip/eipalloc-1',
    );
  });
});
