import assert from 'node:assert/strict';
import { requirePorts } from '../../../src/ui/validation/requirePorts.ts';
import { probeSentences } from '../../../src/words/errors/probe.ts';
import { coreFailure } from '../core/coreFailure.ts';

describe('the ports that a setting names', () => {
  it('are whole numbers from 1 to 65535', () => {
    assert.deepEqual(requirePorts([1, 25, 65_535]), [1, 25, 65_535]);
    for (const [port, said] of [
      [0, '0'],
      [65_536, '65536'],
      [1.5, '1.5'],
      ['80-90', '80-90'],
      [null, 'null'],
    ] as const) {
      assert.throws(() => requirePorts([80, port]), coreFailure('probe.port', { port: said }));
    }
    assert.throws(() => requirePorts([]), coreFailure('probe.noPorts', {}));
  });

  it('are refused with the setting and the range', () => {
    const sentence = probeSentences['probe.port']({ port: '70000' });
    for (const part of ['70000', 'ec2MultiIp.probe.ports', '1 to 65535'])
      assert.ok(sentence.includes(part), sentence);
  });
});
