// The whole walk with the extension's own core. Runs as the lab's operator, who has no network but the lab's.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openEc2 } from '../../src/core/aws/door.ts';
import type { Ec2 } from '../../src/core/aws/ec2.ts';
import { isCoreError } from '../../src/core/base/errors.ts';
import { silentLog } from '../../src/core/base/log.ts';
import { configureGuestHandler } from '../../src/core/guest/handler.ts';
import { planGuest } from '../../src/core/guest/planGuest.ts';
import { isEmptyProposal, proposeGuestPatch } from '../../src/core/guest/proposal.ts';
import type { GuestProposal } from '../../src/core/guest/proposal.ts';
import { readGuest } from '../../src/core/guest/readGuest.ts';
import { applyPlan } from '../../src/core/plan/apply.ts';
import { awsHandlers } from '../../src/core/plan/changes/awsHandlers.ts';
import { openJournal } from '../../src/core/plan/journal.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import { prepareStack, prepareTeardown } from '../../src/core/plan/preflight.ts';
import { defaultStack } from '../../src/core/plan/recipes/createStack.ts';
import type { PairProof } from '../../src/core/probe/proof.ts';
import { prove } from '../../src/core/probe/prove.ts';
import { connect } from '../../src/core/ssh/door.ts';
import { openHostKeys } from '../../src/core/ssh/hostKeys.ts';
import type { GuestShell } from '../../src/core/ssh/shell.ts';
import { errorText } from '../../src/words/errorText.ts';
import { holdings } from '../lab/emulator/state.ts';
import { connectLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { makeHome } from './home.ts';
import type { DemoHome } from './home.ts';
import { say, showFiles, showMatrix, showPlan, step } from './say.ts';
import { readStack } from './stack.ts';
import type { WalkedStack } from './stack.ts';

interface Walk {
  readonly lab: Lab;
  readonly home: DemoHome;
  readonly ec2: Ec2;
}

const lab = await connectLab();
const home = await makeHome(lab.runDirectory, lab.endpoint);
Object.assign(process.env, home.env);
const ec2 = await openEc2({ profile: home.profile, endpoint: lab.endpoint, log: silentLog });
try {
  await walk({ lab, home, ec2 });
} catch (error) {
  say(`\n${errorText(error)}`);
  process.exitCode = 1;
} finally {
  ec2.close();
}

async function walk(context: Walk): Promise<void> {
  const before = holdings(await lab.state());
  const stackPlan = await createStack(context);
  const stack = await readStack(ec2, stackPlan.id);
  await step('Wait for the guest to boot', () => lab.settle());
  await showUnconfigured(context, stack);
  await configure(context, stack);
  await proveAll(context, stack, 'After configuring the guest');
  await reboot(context, stack);
  await proveAll(context, stack, 'After the reboot');
  await tearDown(context, stackPlan);
  await step('The account holds what it held before', async () => {
    const after = holdings(await lab.state());
    if (!isDeepStrictEqual(after, before)) throw new Error('something was left behind, or is missing');
  });
  say('\nBoth addresses worked, in both directions, before and after a reboot; nothing is left.');
}

async function createStack(context: Walk): Promise<Plan> {
  const spec = defaultStack();
  const key = { name: 'demo', publicKey: context.home.publicKey };
  const plan = await step('Plan the stack', () =>
    prepareStack(ec2, { ...spec, instance: { ...spec.instance, key } }),
  );
  showPlan(plan);
  await step('Create the stack', () => apply(context, plan));
  return plan;
}

async function showUnconfigured(context: Walk, { primary, secondary }: WalkedStack): Promise<void> {
  await step(`SSH to the primary's EIP ${primary.publicIp} works`, async () => {
    (await shell(context, primary.publicIp)).close();
  });
  await step(
    `SSH to the secondary's EIP ${secondary.publicIp} times out: the guest does not know the address`,
    async () => {
      const open = await shell(context, secondary.publicIp, 3000).catch((error: unknown) => {
        if (isCoreError(error, 'ssh.noAnswer')) return undefined;
        throw error;
      });
      open?.close();
      if (open !== undefined) throw new Error('it answered');
    },
  );
}

async function configure(context: Walk, stack: WalkedStack): Promise<void> {
  const proposal = await step('Read the guest', () => propose(context, stack));
  showFiles(proposal.files);
  const plan = planGuest({ instanceId: stack.instanceId, region: ec2.region, proposal });
  await step('Configure the guest', () => apply(context, plan, stack));
  await step('A second run finds nothing to do', async () => {
    if (!isEmptyProposal(await propose(context, stack))) throw new Error('it would change something again');
  });
}

async function propose(context: Walk, stack: WalkedStack): Promise<GuestProposal> {
  const guest = await shell(context, stack.primary.publicIp);
  try {
    const { mac, instanceId, secondary } = stack;
    return proposeGuestPatch(await readGuest(guest), {
      mac,
      instanceId,
      addresses: [secondary.privateAddress],
    });
  } finally {
    guest.close();
  }
}

async function proveAll(context: Walk, stack: WalkedStack, title: string): Promise<void> {
  const proofs = await step('Prove both pairs in both directions', async () => {
    const guest = await shell(context, stack.primary.publicIp);
    try {
      return await prove({ pairs: stack.pairs, shell: guest, echoUrl: lab.echoUrl });
    } finally {
      guest.close();
    }
  });
  showMatrix(title, proofs);
  if (!proofs.every(isProven)) throw new Error('not every pair is proven');
}

function isProven({ inbound, outbound }: PairProof): boolean {
  return inbound.state === 'passed' && outbound.state === 'passed';
}

async function reboot(context: Walk, { instanceId, primary }: WalkedStack): Promise<void> {
  await step('Reboot the guest', async () => {
    const pid = await guestPid(instanceId);
    const guest = await shell(context, primary.publicIp);
    const operation = { name: 'reboot', asRoot: true, script: 'systemctl reboot', parse: () => undefined };
    // The connection may end before the command does.
    await guest.run(operation).catch(() => undefined);
    guest.close();
    while ((await guestPid(instanceId)) === pid) await new Promise((resolve) => setTimeout(resolve, 100));
    await lab.settle();
  });
}

async function guestPid(instanceId: string): Promise<number | undefined> {
  return (await lab.guests()).find((guest) => guest.instanceId === instanceId)?.pid;
}

async function tearDown(context: Walk, { id: planId }: Plan): Promise<void> {
  const plan = await step('Plan the teardown', () => prepareTeardown(ec2, { planId }));
  showPlan(plan);
  await step('Tear the stack down', () => apply(context, plan));
}

async function apply(context: Walk, plan: Plan, stack?: WalkedStack): Promise<void> {
  const journal = await openJournal(join(context.home.directory, `${plan.id}.jsonl`), plan);
  try {
    const guest = configureGuestHandler({
      open: () => shell(context, stack?.primary.publicIp ?? ''),
    });
    const handlers = { ...awsHandlers(ec2), configureGuest: guest };
    const outcome = await applyPlan(plan, { handlers, journal });
    if (outcome.state === 'failed') throw outcome.failures[0]?.error;
  } finally {
    await journal.close();
  }
}

function shell(
  { home: { directory, keyFile } }: Walk,
  host: string,
  timeoutMilliseconds = 15_000,
): Promise<GuestShell> {
  const target = { host, port: 22, user: 'admin', keyFiles: [keyFile] };
  return connect(target, {
    hostKeys: openHostKeys(join(directory, 'known_hosts')),
    // The lab makes its guests itself, so the first key that one shows is its own.
    questions: { acceptHostKey: () => Promise.resolve(true), passphrase: () => Promise.resolve(undefined) },
    log: silentLog,
    timeoutMilliseconds,
  });
}
