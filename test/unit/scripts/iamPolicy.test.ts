import { deepEqual, ok, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IamPolicy, actionsInUse, iamPolicy } from '../../../scripts/build/iamPolicy.ts';
import { ROOT } from '../../runner/suite.ts';

/** What the package carries. */
const shipped = JSON.parse(readFileSync(join(ROOT, 'media', 'iam-policy.json'), 'utf8')) as IamPolicy;

describe('the IAM policy', () => {
  it('is what the calls in use need; `npm run policy` makes it anew', () => {
    deepEqual(shipped, iamPolicy(actionsInUse(ROOT)));
  });

  it('fits into a managed policy', () => {
    ok(JSON.stringify(shipped).length < 6144);
  });

  it('gives a star to nothing but lists, and names every statement once', () => {
    for (const { Resource, Action } of shipped.Statement) {
      if (Resource === '*') for (const action of Action) ok(/:(Describe|List)/.test(action), action);
      ok(!Action.some((action) => action.includes('*')));
    }
    const names = shipped.Statement.map(({ Sid }) => Sid);
    deepEqual([...new Set(names)], names);
    for (const name of names) ok(/^[A-Za-z]+$/.test(name), name);
  });

  it('is not made for a call of which nobody knows what it touches', () => {
    throws(() => iamPolicy(['ec2:CreateVolume']), /ec2:CreateVolume/);
  });
});
