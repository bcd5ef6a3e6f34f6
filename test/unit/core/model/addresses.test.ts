import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { isCoreError } from '../../../../src/core/base/errors.ts';
import {
  checkAddresses,
  formatAddress,
  nextFreeAddresses,
  nextFreeRange,
  parseAddress,
  parseCidr,
  parseNetworkCidr,
  parseSubnetCidr,
} from '../../../../src/core/model/addresses.ts';
import { coreFailure } from '../coreFailure.ts';

const nobody = new Map<string, string>();
const subnet = parseCidr('192.168.1.0/24');

describe('addresses', () => {
  it('are written as they were read', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        equal(formatAddress(parseAddress(text)), text);
      }),
    );
  });

  for (const value of [
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.256',
    ' 1.2.3.4',
    '0x1.2.3.4',
    '::1',
    '1',
  ]) {
    it(`refuse ${JSON.stringify(value)}`, () => {
      throws(() => parseAddress(value), coreFailure('address.invalid', { value }));
    });
  }
});

describe('ranges', () => {
  it('hold 2 to the power of what the prefix leaves', () => {
    const { first, last } = parseCidr('10.0.0.0/8');
    deepEqual([formatAddress(first), formatAddress(last)], ['10.0.0.0', '10.255.255.255']);
    equal(formatAddress(parseCidr('0.0.0.0/0').last), '255.255.255.255');
  });

  for (const value of [
    '',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/024',
    '10.0.0/24',
    '10.0.0.0/8/8',
  ]) {
    it(`refuse ${JSON.stringify(value)}`, () => {
      throws(() => parseCidr(value), coreFailure('cidr.invalid', { value }));
    });
  }

  it('say what a range with host bits should have been', () => {
    const failure = { value: '192.168.1.77/24', canonical: '192.168.1.0/24' };
    throws(() => parseCidr('192.168.1.77/24'), coreFailure('cidr.hostBits', failure));
  });

  it('of a network are from /16 to /28', () => {
    for (const value of ['10.0.0.0/15', '10.0.0.0/29']) {
      const prefixLength = Number(value.slice(-2));
      throws(() => parseNetworkCidr(value), coreFailure('cidr.size', { value, prefixLength }));
    }
    equal(parseNetworkCidr('10.0.0.0/16').prefixLength, 16);
    equal(parseNetworkCidr('10.0.0.0/28').prefixLength, 28);
  });

  it('of a subnet lie in one of the ranges of its VPC', () => {
    equal(parseSubnetCidr('10.1.0.0/24', ['10.0.0.0/16', '10.1.0.0/16']).text, '10.1.0.0/24');
    throws(
      () => parseSubnetCidr('10.2.0.0/24', ['10.0.0.0/16', '10.1.0.0/16']),
      coreFailure('cidr.outsideVpc', { subnet: '10.2.0.0/24', vpc: '10.0.0.0/16, 10.1.0.0/16' }),
    );
    throws(
      () => parseSubnetCidr('10.0.0.0/16', ['10.0.0.0/24']),
      coreFailure('cidr.outsideVpc', { subnet: '10.0.0.0/16', vpc: '10.0.0.0/24' }),
    );
  });
});

describe('the addresses of an ENI', () => {
  it('may be all but the first four and the last', () => {
    checkAddresses(['192.168.1.4', '192.168.1.254'], subnet, nobody);
    for (const address of ['192.168.1.0', '192.168.1.1', '192.168.1.2', '192.168.1.3', '192.168.1.255']) {
      const failure = coreFailure('address.reserved', { address, subnet: '192.168.1.0/24' });
      throws(() => {
        checkAddresses([address], subnet, nobody);
      }, failure);
    }
  });

  it('are inside the subnet', () => {
    for (const address of ['192.168.0.255', '192.168.2.0']) {
      const failure = coreFailure('address.outsideSubnet', { address, subnet: '192.168.1.0/24' });
      throws(() => {
        checkAddresses([address], subnet, nobody);
      }, failure);
    }
  });

  it('are given once and held by nobody', () => {
    throws(
      () => {
        checkAddresses(['192.168.1.10', '192.168.1.10'], subnet, nobody);
      },
      coreFailure('address.twice', { address: '192.168.1.10' }),
    );
    throws(
      () => {
        checkAddresses(['192.168.1.10'], subnet, new Map([['192.168.1.10', 'eni-1']]));
      },
      coreFailure('address.taken', { address: '192.168.1.10', by: 'eni-1' }),
    );
  });
});

describe('the next free addresses', () => {
  it('follow what is there and skip what is held', () => {
    const held = new Set(['192.168.1.102']);
    const found = nextFreeAddresses(subnet, 2, held, parseAddress('192.168.1.100'));
    deepEqual(found, ['192.168.1.101', '192.168.1.103']);
  });

  it('begin again from below at the end of the subnet', () => {
    const found = nextFreeAddresses(subnet, 2, nobody, parseAddress('192.168.1.253'));
    deepEqual(found, ['192.168.1.254', '192.168.1.4']);
  });

  it('say how many there are where there are too few', () => {
    throws(
      () => nextFreeAddresses(parseCidr('10.0.0.0/28'), 12, nobody),
      coreFailure('plan.tooFewFreeAddresses', { subnet: '10.0.0.0/28', wanted: 12, free: 11 }),
    );
  });

  it('always pass the check that they are for', () => {
    const small = parseCidr('10.0.0.16/28');
    const address = fc.integer({ min: small.first, max: small.last }).map(formatAddress);
    fc.assert(
      fc.property(fc.array(address), fc.integer({ min: 1, max: 11 }), address, (held, count, after) => {
        const holders = new Map(held.map((text) => [text, 'eni-1']));
        try {
          const found = nextFreeAddresses(small, count, holders, parseAddress(after));
          equal(found.length, count);
          checkAddresses(found, small, holders);
        } catch (error) {
          ok(isCoreError(error, 'plan.tooFewFreeAddresses'), String(error));
          const usable = new Set(held.filter((text) => isUsable(text, small.first, small.last)));
          equal(error.data.free, 11 - usable.size);
        }
      }),
    );
  });
});

function isUsable(text: string, first: number, last: number): boolean {
  const value = parseAddress(text);
  return value >= first + 4 && value < last;
}

describe('the next free range', () => {
  it('overlaps none that is taken', () => {
    equal(nextFreeRange('10.0.0.0/16', [], 24), '10.0.0.0/24');
    equal(nextFreeRange('10.0.0.0/16', ['10.0.0.0/25', '10.0.1.0/24'], 24), '10.0.2.0/24');
    equal(nextFreeRange('10.0.0.0/26', [], 24), '10.0.0.0/26');
    equal(nextFreeRange('10.0.0.0/26', ['10.0.0.0/28'], 24), undefined);
  });
});
