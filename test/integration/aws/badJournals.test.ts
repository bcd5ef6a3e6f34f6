import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { journalPath, readActivities, readFaults } from '../../../src/core/plan/activities.ts';
import { applyPlan } from '../../../src/core/plan/apply.ts';
import { awsHandlers } from '../../../src/core/plan/changes/awsHandlers.ts';
import { openJournal } from '../../../src/core/plan/journal.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { prepareStack } from '../../../src/core/plan/preflight.ts';
import { planView } from '../../../src/ui/plan/planView.ts';
import { Progress } from '../../../src/ui/plan/progress.ts';
import { errorText } from '../../../src/words/errorText.ts';
import { refuse } from '../../lab/proxy/faults/refuse.ts';
import { onAction } from '../../lab/proxy/select.ts';
import { PATIENCE } from './faults/trial.ts';
import { type Region, startRegion, walkStack } from './region.ts';
import { stateShape } from './stateShape.ts';

const OWN = '123456789012';
const OTHER = '210987654321';
const JAPANESE = join(import.meta.dirname, '../../../l10n/bundle.l10n.ja.json');

describe('what a person reads of a journal that cannot be gone on with', function () {
  this.timeout(120_000);
  let region: Region;
  let folder: string;
  let path: string;
  let plan: Plan;
  let text: string;
  let japanese: Record<string, string>;
  let subnetId: string;
  let goBack: () => Promise<void>;

  before(async () => {
    japanese = JSON.parse(await readFile(JAPANESE, 'utf8')) as Record<string, string>;
    region = await startRegion();
    folder = join(region.files.directory, 'journals');
    await mkdir(folder);
    plan = await prepareStack(region.ec2, walkStack());
    path = journalPath(folder, plan.id);
    // A stack that came as far as its subnet.
    const restore = region.proxy.use(
      refuse(onAction('CreateNetworkInterface'), 'UnsupportedOperation', 'No.'),
    );
    const { outcome } = await resumed(OWN);
    equal(outcome.state, 'failed');
    restore();
    subnetId = outcome.outputs.get('subnet')?.['subnetId'] ?? '';
    text = await readFile(path, 'utf8');
    goBack = await region.emulator.keep();
  });
  beforeEach(async () => {
    await goBack();
    await writeFile(path, text);
    region.proxy.clear();
  });
  after(async () => {
    l10n.config({ contents: {} });
    await region.stop();
  });

  /** Goes on with the plan as the window does; what the panel shows of each change. */
  const resumed = async (account: string) => {
    const journal = await openJournal(path, plan, { account });
    const progress = new Progress();
    const outcome = await applyPlan(plan, {
      handlers: awsHandlers(region.ec2),
      journal,
      progress: journal.earlier,
      patience: PATIENCE,
      onEvent: (event) => {
        progress.take(event);
      },
    });
    await journal.close();
    const details = (): readonly string[] =>
      planView({ title: '', plan, state: outcome.state, progress, buttons: [] }).rows.flatMap(
        ({ cells }) => cells.at(-1)?.detail ?? [],
      );
    return { outcome, details };
  };
  const inBoth = (say: () => string): readonly [english: string, japanese: string] => {
    l10n.config({ contents: {} });
    const first = say();
    l10n.config({ contents: japanese });
    const second = say();
    l10n.config({ contents: {} });
    return [first, second];
  };
  const refusedWith = async (work: () => Promise<unknown>, sentences: readonly [string, string]) => {
    const before = stateShape(await region.emulator.state());
    const written = await readFile(path, 'utf8');
    region.proxy.clear();
    const error = await work().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    ok(error);
    deepEqual(
      inBoth(() => errorText(error)),
      sentences,
    );
    deepEqual(region.mutations(), []);
    deepEqual(stateShape(await region.emulator.state()), before);
    equal(await readFile(path, 'utf8'), written);
  };
  const faults = async () => {
    const [fault, ...more] = await readFaults(folder);
    deepEqual(more, []);
    // It is shown as the reason why the journal is not among the activities.
    deepEqual(await readActivities(folder), []);
    throw fault ?? new Error('There is no fault.');
  };

  it('of a newer version', async () => {
    await writeFile(path, text.replace('"format":1', '"format":2'));
    const sentences = [
      `A newer version of this extension wrote ${path}. Update the extension to go on with the plan.`,
      `${path} はこの拡張機能の新しいバージョンが書いたものです。プランを続けるには拡張機能を更新してください。`,
    ] as const;
    await refusedWith(faults, sentences);
    await refusedWith(() => resumed(OWN), sentences);
  });

  it('edited by hand', async () => {
    const lines = text.split('\n');
    const edited = lines.map((line, index) =>
      index === 2 ? line.replace(/"change":"\w+"/, '"change":"x"') : line,
    );
    await writeFile(path, edited.join('\n'));
    const sentences = [
      `Line 3 of ${path} is not as it was written, so it cannot be told what its plan did. Restore the file; or remove with Tear Down what carries the plan’s tag, and delete the file.`,
      `${path} の 3 行目が書かれたときと異なるため、プランが何を行ったか判断できません。ファイルを元に戻してください。戻せないときは、プランのタグが付いたものを「一括削除」で削除してから、ファイルを削除してください。`,
    ] as const;
    await refusedWith(faults, sentences);
    await refusedWith(() => resumed(OWN), sentences);
  });

  it('cut short within its first line', async () => {
    await writeFile(path, text.slice(0, 100));
    await refusedWith(faults, [
      `${path} ends within its first line: its plan was not begun, or the file was cut short. Look in Tear Down for what it may have left, then delete the file.`,
      `${path} は 1 行目の途中で終わっています。プランが始まらなかったか、ファイルが途中で切られています。残っているものがないか「一括削除」で確かめてから、ファイルを削除してください。`,
    ]);
  });

  it('cut short later: it is offered as unfinished, and nothing is done twice', async () => {
    const lines = text.split('\n');
    await writeFile(path, lines.slice(0, 4).join('\n'));
    const [activity, ...more] = await readActivities(folder);
    deepEqual(more, []);
    equal(activity?.state, 'unfinished');
    equal(activity.undoable, true);
    equal((await resumed(OWN)).outcome.state, 'done');
    const made = region.mutations();
    equal(made.length, new Set(made).size + 1, 'only the two pairs are alike');
    deepEqual(
      made.filter((action) => /CreateVpc|CreateSubnet|AllocateAddress/.test(action)),
      [],
    );
  });

  it('of another account', async () => {
    await refusedWith(
      () => resumed(OTHER),
      [
        `This plan belongs to the account ${OWN}, but these credentials are of ${OTHER}. Choose a profile of ${OWN} first.`,
        `このプランはアカウント ${OWN} のものですが、現在の認証情報は ${OTHER} のものです。先に ${OWN} のプロファイルを選んでください。`,
      ],
    );
  });

  it('that another window is applying', async () => {
    const first = await openJournal(path, plan, { account: OWN });
    const process = String(globalThis.process.pid);
    await refusedWith(
      () => resumed(OWN),
      [
        `Another window is applying this plan right now (process ${process}). Wait until it is done, or cancel it there.`,
        `別のウィンドウがこのプランを適用しています（プロセス ${process}）。終わるまで待つか、そのウィンドウでキャンセルしてください。`,
      ],
    );
    await first.close();
    equal((await resumed(OWN)).outcome.state, 'done');
  });

  it('whose things somebody else has removed', async () => {
    await region.ec2.deleteSubnet({ SubnetId: subnetId });
    region.proxy.clear();
    const { outcome, details } = await resumed(OWN);
    equal(outcome.state, 'failed');
    deepEqual(region.mutations(), []);
    deepEqual(
      inBoth(() => details().join()),
      [
        `Someone else changed or removed the subnet ${subnetId} meanwhile. Refresh, and make a new plan.`,
        `サブネット ${subnetId} は、その間にほかの人によって変更または削除されました。更新して、プランを作り直してください。`,
      ],
    );
  });
});
