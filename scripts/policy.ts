// `npm run policy`: writes the IAM policy that the calls in use need to media/iam-policy.json, which is shipped.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionsInUse, iamPolicy } from './build/iamPolicy.ts';

const root = join(import.meta.dirname, '..');
writeFileSync(
  join(root, 'media', 'iam-policy.json'),
  `${JSON.stringify(iamPolicy(actionsInUse(root)), undefined, 2)}\n`,
);
