import type { Suite } from 'mocha';

/**
 * For tests each of which stands on the one before: what comes after a failure is skipped, and counted as such.
 * Mocha's own `bail` would also leave them all out, and say nothing, after a failure of any other file.
 */
export function oneAfterAnother(suite: Suite): void {
  let hasFailed = false;
  suite.beforeEach(function () {
    if (hasFailed) this.skip();
  });
  suite.afterEach(function () {
    hasFailed ||= this.currentTest?.state === 'failed';
  });
}
