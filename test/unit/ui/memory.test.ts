import assert from 'node:assert/strict';
import type { PanelState } from '../../../src/panel/protocol.ts';
import { memoryOf } from '../../../src/ui/validation/memory.ts';

const kept = (memory: unknown) => memoryOf({ memory } as PanelState);

describe('what the validation panel remembers', () => {
  it('is what an earlier window kept', () => {
    const memory = { eniIds: ['eni-1'], region: 'eu-west-1', ports: [25, 80] };
    assert.deepEqual(kept(memory), memory);
  });

  it('is nothing of another kind, whatever another version kept', () => {
    assert.deepEqual(kept({ eniIds: ['eni-1', 2, null], region: 3, ports: [25, '80', null] }), {
      eniIds: ['eni-1'],
      ports: [25],
    });
    assert.deepEqual(kept({ eniIds: 'eni-1', region: ['eu-west-1'], ports: 80 }), { eniIds: [] });
    assert.deepEqual(kept({ eniIds: [], run: { version: 2 } }), { eniIds: [] });
    assert.deepEqual(memoryOf(undefined), { eniIds: [] });
  });
});
