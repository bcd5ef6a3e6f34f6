import assert from 'node:assert/strict';
import { demoOptions } from '../demo/options.ts';

describe('The arguments of the demo', () => {
  it('say where and in which language it is shown', () => {
    assert.deepEqual(demoOptions([]), { headless: false, locale: 'en' });
    assert.deepEqual(demoOptions(['--headless']), { headless: true, locale: 'en' });
    assert.deepEqual(demoOptions(['--language', 'ja']), { headless: false, locale: 'ja' });
  });

  it('are told to whoever asks, and to whoever gives others', () => {
    for (const [args, exitCode] of [
      [['--help'], 0],
      [['-h'], 0],
      [['--hedless'], 2],
      [['more'], 2],
      [['--language', 'fr'], 2],
    ] as const) {
      const said = demoOptions(args);
      assert.ok('text' in said, args.join(' '));
      assert.equal(said.exitCode, exitCode, args.join(' '));
      for (const option of ['--headless', '--language ja', '--help']) assert.ok(said.text.includes(option));
    }
  });
});
