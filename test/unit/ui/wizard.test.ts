import assert from 'node:assert/strict';
import { Cancelled, isCancelled } from '../../../src/ui/cancelled.ts';
import { Back } from '../../../src/ui/wizard/back.ts';
import { runWizard } from '../../../src/ui/wizard/wizard.ts';
import type { Step } from '../../../src/ui/wizard/wizard.ts';

type Answers = readonly string[];

/** A step that answers with its name, after having done what is left to be done before. */
function step(name: string, before: (() => never)[] = []): Step<Answers> {
  return (answers, { step: at, totalSteps }) => {
    before.shift()?.();
    return Promise.resolve([...answers.slice(0, at - 1), `${name} ${at}/${totalSteps}`]);
  };
}

function goBack(): never {
  throw new Back();
}

describe('a wizard', () => {
  it('asks one step after the other and says where it stands', async () => {
    const answers = await runWizard('T', [step('a'), step('b'), step('c')], []);
    assert.deepEqual(answers, ['a 1/3', 'b 2/3', 'c 3/3']);
  });

  it('goes back to the step before, with its answers kept', async () => {
    const seen: Answers[] = [];
    const first: Step<Answers> = (answers, place) => {
      seen.push(answers);
      return step('a')(answers, place);
    };
    const answers = await runWizard('T', [first, step('b', [goBack])], ['default']);
    assert.deepEqual(seen, [['default'], ['a 1/2']]);
    assert.deepEqual(answers, ['a 1/2', 'b 2/2']);
  });

  it('stays at the first step where there is none before it', async () => {
    assert.deepEqual(await runWizard('T', [step('a', [goBack])], []), ['a 1/1']);
  });

  it('ends where a person leaves', async () => {
    const leave: Step<Answers> = () => Promise.reject(new Cancelled());
    await assert.rejects(runWizard('T', [step('a'), leave, step('c')], []), isCancelled);
  });
});
