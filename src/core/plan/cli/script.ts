import { shellQuote } from '../../base/quoting.ts';
import type { ChangeInputs } from '../changes.ts';
import { refsIn } from '../handler.ts';
import type { AnyChange, ChangeKind, Plan } from '../plan.ts';
import { type CliChange, line } from './command.ts';
import { commands } from './commands.ts';
import { variable } from './word.ts';

/** Which output the call of a kind gives at once, where later changes may use it. */
const FIRST_OUTPUT: Partial<Record<ChangeKind, string>> = {
  createVpc: 'vpcId',
  createSubnet: 'subnetId',
  createInternetGateway: 'internetGatewayId',
  createSecurityGroup: 'groupId',
  createEni: 'networkInterfaceId',
  allocateEip: 'allocationId',
  associateEip: 'associationId',
  importKeyPair: 'keyName',
  launchInstance: 'instanceId',
};

/**
 * A plan as a POSIX shell script of AWS CLI calls that do the same, one after another.
 *
 * It stops at the first error; the tags are those of the extension, which then knows what it made. Pure.
 */
export function planAsScript(plan: Plan): string {
  const used = new Set(plan.changes.flatMap(({ input }) => outputsIn(input)));
  const region = shellQuote(plan.region);
  return [
    '#!/bin/sh',
    'set -eu',
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region} AWS_PAGER=`,
    ...plan.changes.flatMap((change) => ['', `# ${change.id}`, ...linesOf(change, plan.id, used)]),
    '',
  ].join('\n');
}

function linesOf(change: AnyChange, planId: string, used: ReadonlySet<string>): readonly string[] {
  const { call, before = [], after = [], outputs = {} } = commandOf(change, planId);
  const first = FIRST_OUTPUT[change.kind];
  const text = line(call);
  const name = first === undefined ? undefined : variable(change.id, first);
  const needed = name !== undefined && (used.has(name) || Object.keys(outputs).length > 0);
  return [
    ...before,
    needed ? `${name}=$(${text})` : `${text} > /dev/null`,
    ...Object.entries(outputs)
      .filter(([output]) => used.has(variable(change.id, output)))
      .map(([output, print]) => `${variable(change.id, output)}=$(${print})`),
    ...after,
  ];
}

function commandOf<K extends ChangeKind>(
  change: { readonly id: string; readonly kind: K; readonly input: ChangeInputs[K] },
  planId: string,
): CliChange {
  const { kind } = change;
  if (kind === 'configureGuest') throw new RangeError('the AWS CLI cannot change a guest');
  const write = commands[kind as Exclude<K, 'configureGuest'>] as (
    input: ChangeInputs[K],
    step: { readonly planId: string; readonly changeId: string },
  ) => CliChange;
  return write(change.input, { planId, changeId: change.id });
}

/** The variables that an input reads. */
function outputsIn(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null) return [];
  if ('ref' in input && 'output' in input && refsIn(input).length > 0) {
    return [variable(String(input.ref), String(input.output))];
  }
  return Object.values(input).flatMap(outputsIn);
}
