// Runs in the operator's network namespace, and does there what the test asks over IPC.
import { readFile, writeFile } from 'node:fs/promises';
import { CoreError } from '../../../src/core/base/errors.ts';
import { proposeFurther, proposeFurtherRemoval } from '../../../src/core/guest/further/propose.ts';
import { configureGuestHandler } from '../../../src/core/guest/handler.ts';
import { findByHand } from '../../../src/core/guest/ifupdown/byHand.ts';
import { planGuest, planGuestRevert } from '../../../src/core/guest/planGuest.ts';
import { findLeftOvers, proposeGuestPatch, proposeGuestRemoval } from '../../../src/core/guest/proposal.ts';
import { readGuest } from '../../../src/core/guest/readGuest.ts';
import { lastChangeReverted } from '../../../src/core/guest/transaction/last.ts';
import { applyPlan } from '../../../src/core/plan/apply.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { newPlanIdentity } from '../../../src/core/plan/planBuilder.ts';
import { undoPlan } from '../../../src/core/plan/undo.ts';
import type { PairProof } from '../../../src/core/probe/proof.ts';
import { prove } from '../../../src/core/probe/prove.ts';
import { thisMachine } from '../../../src/core/probe/vantage.ts';
import { connect } from '../../../src/core/ssh/door.ts';
import { openHostKeys } from '../../../src/core/ssh/hostKeys.ts';
import { keepConnection } from '../../../src/core/ssh/keptConnection.ts';
import type { KeptConnection } from '../../../src/core/ssh/keptConnection.ts';
import type { Acquaintance, GuestShell, OpenShell } from '../../../src/core/ssh/shell.ts';
import { keptLog } from '../../lab/kept.ts';
import { examineFrom, mendFrom } from './examineFrom.ts';
import type { Answer, Further, OperatorCalls, Question, Setting, Through } from './operator.ts';

let setting = JSON.parse(process.argv[2] ?? '') as Setting;
const hostKeys = openHostKeys(setting.knownHosts);
const questions = {
  acceptHostKey: () => Promise.resolve(true),
  passphrase: () => Promise.resolve(undefined),
  // The first is mistyped, as a person may.
  sudoPassword: (_user: string, _host: string, refused: boolean) =>
    Promise.resolve(setting.sudoPassword === undefined || refused ? setting.sudoPassword : 'mistyped'),
};

/** From one plan to the next: as the extension has it, which meets a guest anew with each command. */
const met: Acquaintance = {};

/** Counts operations, so that a test can tell how many round trips a thing took. */
let roundTrips = 0;

function openTo(host: string, instanceId = setting.instanceId): OpenShell {
  return async (signal) => {
    const { user, keyFile } = setting;
    const target = { host, port: 22, user, keyFiles: [keyFile], instanceId };
    const shell = await connect(target, {
      questions,
      hostKeys,
      log: keptLog('guest'),
      met,
      ...(signal ? { signal } : {}),
    });
    return counted(shell);
  };
}

function counted(shell: GuestShell): GuestShell {
  return {
    ...{ host: shell.host, user: shell.user },
    arrivedAt: (signal) => shell.arrivedAt(signal),
    run: (operation, options) => {
      roundTrips += 1;
      return shell.run(operation, options);
    },
    close: () => {
      shell.close();
    },
  };
}

/** As the extension's commands have it: what follows a reading goes on with its connection. */
const reading = keepConnection((signal) => openTo(setting.host)(signal));

async function withShell<T>(use: (shell: GuestShell) => Promise<T>, open = openTo(setting.host)): Promise<T> {
  const shell = await open();
  try {
    return await use(shell);
  } finally {
    shell.close();
  }
}

async function apply(plan: Plan, open: OpenShell, revertSeconds = 60, kept?: KeptConnection): Promise<void> {
  const handlers = {
    configureGuest: configureGuestHandler({ open, kept, openThrough: openTo, revertSeconds }),
  };
  const outcome = await applyPlan(plan, { handlers });
  if (outcome.state === 'failed') throw outcome.failures[0]?.error;
  if (outcome.state !== 'done') throw new Error(outcome.state);
}

function makePlan(
  addresses: readonly string[],
  through: readonly Through[] = [],
  propose = proposeGuestPatch,
): Promise<Plan> {
  delete met.uid;
  return withShell(async (shell) => {
    const { instanceId, mac } = setting;
    const proposal = propose(await readGuest(shell), { mac, addresses, instanceId });
    return planGuest({ instanceId, region: 'eu-central-1', proposal, through });
  }, reading.open);
}

function planFurther(further: Further, propose: typeof proposeFurther): Promise<Plan> {
  return withShell(async (shell) => {
    const { instanceId } = setting;
    const proposal = propose(await readGuest(shell), { ...further, instanceId });
    return planGuest({ instanceId, region: 'eu-central-1', proposal });
  });
}

const calls: OperatorCalls = {
  facts: () => withShell((shell) => readGuest(shell)),
  plan: ({ addresses, through }) => makePlan(addresses, through),
  planRemoval: ({ addresses }) => makePlan(addresses, [], proposeGuestRemoval),
  planBetterForm: ({ addresses }) =>
    makePlan(addresses, [], (facts, wish) => {
      const proposal = proposeGuestPatch(facts, wish);
      return findByHand(facts, wish)?.rewrite(proposal) ?? proposal;
    }),
  planFurther: (further) => planFurther(further, proposeFurther),
  planFurtherRemoval: (further) => planFurther(further, proposeFurtherRemoval),
  leftOvers: ({ addresses }) =>
    withShell(async (shell) => {
      const { instanceId, mac } = setting;
      return findLeftOvers(await readGuest(shell), { mac, addresses, instanceId });
    }),
  planRevert: () =>
    withShell(async (shell) => {
      const change = await lastChangeReverted(shell, new AbortController().signal);
      return planGuestRevert({ region: 'eu-central-1', change });
    }),
  apply: async ({ plan, revertSeconds }) => {
    roundTrips = 0;
    await apply(plan, openTo(setting.host), revertSeconds, reading);
    return { roundTrips };
  },
  applyAndVanish: async ({ plan, revertSeconds }) => {
    let opened = 0;
    const open: OpenShell = (signal) => {
      opened += 1;
      if (opened > 1) process.exit(0);
      return openTo(setting.host)(signal);
    };
    await apply(plan, open, revertSeconds);
  },
  applyAndRevertNow: async ({ plan }) => {
    const handlers = {
      configureGuest: configureGuestHandler({
        open: openTo(setting.host),
        onWindow: (window) => {
          window?.revertNow();
        },
      }),
    };
    const outcome = await applyPlan(plan, { handlers });
    if (outcome.state === 'failed') throw outcome.failures[0]?.error;
  },
  undo: async ({ plan }) => {
    const open = openTo(setting.host);
    const handlers = { configureGuest: configureGuestHandler({ open }) };
    const results = new Map(plan.changes.map(({ id }) => [id, {}]));
    await apply(undoPlan(plan, results, handlers, newPlanIdentity()), open);
  },
  prove: ({ pairs, ports, cancelAfter }) =>
    withShell(async (shell) => {
      const stop = new AbortController();
      if (cancelAfter !== undefined)
        setTimeout(() => {
          stop.abort();
        }, cancelAfter);
      const seen: PairProof[] = [];
      await prove({
        ...{ pairs, shell, echoUrl: setting.echoUrl, signal: stop.signal, timeoutMilliseconds: 3000 },
        inbound: { kind: 'listener', ports },
        onProof: (proof) => seen.push(proof),
      });
      return pairs.flatMap((pair) => {
        const last = seen.findLast((proof) => proof.pair.privateAddress === pair.privateAddress);
        return last === undefined ? [] : [last];
      });
    }),
  proveBySsh: ({ pairs }) =>
    withShell(async (shell) => [
      ...(await prove({ pairs, shell, echoUrl: setting.echoUrl, inbound: { kind: 'ssh', openTo } })),
    ]),
  vanishWhileProving: async ({ pairs, port }) => {
    const shell = await openTo(setting.host)();
    const stuck = {
      name: '',
      seenAs: () => Promise.resolve(undefined),
      ask: () => new Promise<never>(() => undefined),
      hold: () => new Promise<never>(() => undefined),
    };
    void prove({
      ...{ pairs, shell, echoUrl: setting.echoUrl, vantage: stuck },
      inbound: { kind: 'listener', ports: [port] },
    }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    process.exit(0);
  },
  examine: (request) => examineFrom(setting, request, openTo),
  mend: ({ fix, addresses }) =>
    mendFrom(setting, fix, async () => apply(await makePlan(addresses), openTo(setting.host))),
  ask: ({ host, port }) =>
    thisMachine.ask(host, port, { timeoutMilliseconds: 3000, signal: new AbortController().signal }),
  setSudoPassword: ({ password }) => {
    setting = { ...setting, sudoPassword: password };
    return Promise.resolve();
  },
  knownHosts: () => readFile(setting.knownHosts, 'utf8'),
  setKnownHosts: ({ text }) => writeFile(setting.knownHosts, text),
};

process.on('message', (message) => {
  const { id, name, given } = message as Question;
  void answer(name, given).then((result) => process.send?.({ id, ...result }));
});

async function answer(name: keyof OperatorCalls, given: unknown): Promise<Omit<Answer, 'id'>> {
  try {
    const byName = calls as unknown as Record<string, (given: unknown) => Promise<unknown>>;
    return { value: await byName[name]?.(given) };
  } catch (error) {
    if (error instanceof CoreError)
      return { error: { code: String(error.code), data: error.data as unknown } };
    return { error: { code: 'unexpected', data: error instanceof Error ? error.stack : String(error) } };
  }
}
