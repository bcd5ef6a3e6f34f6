import { deepEqual, throws } from 'node:assert/strict';
import { readReport } from './pytest.ts';

describe('reading a report of pytest', () => {
  it('counts errors as failed, and skipped ones apart', () => {
    const suite = '<testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.5">';
    deepEqual(readReport(`<testsuites>${suite}</testsuite></testsuites>`), {
      passed: 4,
      failed: 3,
      skipped: 3,
    });
  });

  it('takes a report without a suite for an error, not for success', () => {
    throws(() => readReport('<testsuites/>'), /without a test suite/);
  });
});
