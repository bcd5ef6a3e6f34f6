import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Examined } from '../../core/diagnose/examine.ts';
import type { ValidationRun } from '../../core/diagnose/run.ts';
import type { PairUnderTest } from '../../core/probe/proof.ts';
import type { PanelState, PanelView } from '../../panel/protocol.ts';
import { errorText } from '../../words/errorText.ts';
import { dayText, timeText } from '../../words/time.ts';
import { isCancelled } from '../cancelled.ts';
import { requireEni } from '../commands/lookUp.ts';
import { leftSentence } from '../leftSentence.ts';
import { pairTested } from '../milestones.ts';
import { TablePanel } from '../panel/tablePanel.ts';
import type { ProofBook } from '../proofBook.ts';
import type { Services } from '../services.ts';
import { loadDiagnosis } from './diagnosis.ts';
import { fixButton } from './fixButton.ts';
import { presentFix } from './fixes.ts';
import type { ValidationHistory } from './history.ts';
import { type Memory, memoryOf } from './memory.ts';
import { pickRun } from './pickRun.ts';
import { mailOf, setupOf } from './setup.ts';
import { rowsOf, validate } from './validation.ts';
import type { ValidationRow, ValidationScene } from './validationView.ts';

/** What the panels share. */
export interface ValidationDeps {
  readonly services: Services;
  readonly proofs: ProofBook;
  readonly history: ValidationHistory;
}

/** The one validation panel: what it shows, and the test that fills it. */
export class ValidationPanel {
  readonly #deps: ValidationDeps;
  readonly #panel: TablePanel;
  #memory: Memory;
  #abort = new AbortController();
  #view: PanelView | undefined;

  constructor(deps: ValidationDeps, panel: TablePanel, kept: PanelState | undefined) {
    this.#deps = deps;
    this.#panel = panel;
    this.#memory = memoryOf(kept);
    if (kept !== undefined) this.#show(this.#memory.run === undefined ? withAgain(kept.view) : kept.view);
    panel.onDidPress((button) => deps.services.boundary.run(button, () => this.#press(button)));
    const switches = deps.services.clouds.shownAccount.onDidSwitch((account) => {
      this.#leave(leftSentence(account));
    });
    panel.onDidDispose(() => {
      switches.dispose();
      this.#abort.abort();
    });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  /** Shows a validation of the past. */
  async showRun(run: ValidationRun): Promise<void> {
    this.#abort.abort();
    const { validationView } = await loadDiagnosis();
    const eniIds = [...new Set(run.rows.map(({ pair }) => pair.networkInterfaceId))];
    this.#memory = { eniIds, region: run.region, run };
    const at = dayText(new Date(run.at));
    this.#show(validationView({ ...run, state: 'done', at }));
  }

  /** Tests these ENIs and shows each verdict as it comes; an earlier test that still runs is ended. */
  async test(
    eniIds: readonly string[],
    region: string | undefined,
    otherPorts?: readonly number[],
  ): Promise<void> {
    const { services, proofs, history } = this.#deps;
    const { clouds, settings, access } = services;
    const setup = setupOf(services, otherPorts);
    const mail = mailOf(services, setup.ports);
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#memory = { eniIds, ports: otherPorts, ...(region !== undefined && { region }) };
    const diagnosis = await loadDiagnosis();
    const cloud = await clouds.inRegion(region);
    const index = await cloud.refresh();
    const enis = eniIds.map((id) => requireEni(index, id));
    let rows = rowsOf(enis, await history.lastEips());
    const run = (): ValidationRun => {
      const { inventory } = index;
      return { version: 1, at: new Date().toISOString(), region: inventory.region, ...setup, rows };
    };
    const draw = (state: ValidationScene['state'], problem?: string) => {
      // A test that was ended by a newer one has nothing to show any more.
      if (this.#abort !== abort) return;
      const at = timeText(new Date());
      if (state !== 'running') this.#memory = { ...this.#memory, run: run() };
      const scene = { rows, state, at, ...setup };
      this.#show(diagnosis.validationView(problem === undefined ? scene : { ...scene, problem }));
    };
    draw('running');
    try {
      await validate(index, enis, rows, {
        ...{ access, diagnosis, ec2: await cloud.ec2(), ...setup, signal: abort.signal },
        echoUrl: settings.get('ec2MultiIp.probe.echoUrl'),
        mail,
        onProof: (proof) => {
          proofs.put(proof, new Date());
          pairTested(proof);
          rows = rows.map((row): ValidationRow => (isOf(row, proof) ? { ...row, proof } : row));
          draw('running');
        },
        onExamined: (examined) => {
          rows = rows.map((row) => withExamined(row, examined));
        },
      });
      draw('done');
      await history.add(run());
    } catch (error) {
      draw('failed', isCancelled(error) ? l10n.t('Cancelled') : errorText(error));
      throw error;
    }
  }

  /** Ends a test of an account that is shown no more; its verdicts stay to be read. */
  #leave(sentence: string): void {
    const abort = this.#abort;
    this.#abort = new AbortController();
    abort.abort();
    if (this.#view === undefined) return;
    this.#show({ ...this.#view, summary: sentence, tone: 'doubtful', buttons: [] });
  }

  async #press(button: string): Promise<void> {
    const { services, history } = this.#deps;
    const { eniIds, region, ports, run } = this.#memory;
    if (button === 'cancel') this.#abort.abort();
    if (button === 'again') await this.test(eniIds, region, ports);
    if (button === 'history') await this.showRun(await pickRun(history));
    if (run === undefined) return;
    if (button === 'markdown') await copy((await loadDiagnosis()).validationMarkdown(run));
    if (button === 'json') await copy(JSON.stringify(run, undefined, 2));
    const findings = run.rows.flatMap(({ findings = [], pair: { networkInterfaceId: eniId } }, row) =>
      findings.map(({ fix }, at) => ({
        fix,
        id: fixButton(row, at),
        target: { kind: 'eni', eniId, region: run.region } as const,
      })),
    );
    const pressed = findings.find(({ id }) => id === button);
    if (pressed?.fix !== undefined) await presentFix(services, pressed.fix, pressed.target);
  }

  #show(view: PanelView): void {
    this.#view = view;
    this.#panel.show({ view, memory: this.#memory });
  }
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(l10n.t('The validation is on the clipboard.'), 5_000);
}

function isOf({ pair }: ValidationRow, { pair: tested }: { readonly pair: PairUnderTest }): boolean {
  return (
    pair.networkInterfaceId === tested.networkInterfaceId && pair.privateAddress === tested.privateAddress
  );
}

function withExamined(row: ValidationRow, examined: readonly Examined[]): ValidationRow {
  const found = examined.find(({ proof }) => isOf(row, proof));
  return found === undefined ? row : { ...row, ...found };
}

/** A test that the reload cut off cannot be cancelled any more, only begun again. */
function withAgain(view: PanelView): PanelView {
  return { ...view, buttons: [{ id: 'again', label: l10n.t('Validate Again'), primary: true }] };
}

/** Keeps the one panel, also over a reload of the window. */
export class ValidationPanels implements vscode.WebviewPanelSerializer<PanelState> {
  readonly #deps: ValidationDeps;
  readonly #extensionUri: vscode.Uri;
  #open: ValidationPanel | undefined;

  constructor(deps: ValidationDeps, extensionUri: vscode.Uri) {
    this.#deps = deps;
    this.#extensionUri = extensionUri;
  }

  /** Opens the panel or brings it to the front, and tests. */
  async test(eniIds: readonly string[], region: string, otherPorts?: readonly number[]): Promise<void> {
    await this.#reveal().test(eniIds, region, otherPorts);
  }

  /** Shows a validation of the past that a person chooses. */
  async showHistory(): Promise<void> {
    const run = await pickRun(this.#deps.history);
    await this.#reveal().showRun(run);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PanelState | undefined): Promise<void> {
    this.#open = this.#adopt(new TablePanel(panel, this.#extensionUri), state);
    return Promise.resolve();
  }

  #reveal(): ValidationPanel {
    this.#open?.reveal();
    this.#open ??= this.#adopt(
      TablePanel.create('ec2MultiIp.validation', l10n.t('Validation'), this.#extensionUri),
      undefined,
    );
    return this.#open;
  }

  #adopt(table: TablePanel, kept: PanelState | undefined): ValidationPanel {
    const panel = new ValidationPanel(this.#deps, table, kept);
    panel.onDidDispose(() => {
      if (this.#open === panel) this.#open = undefined;
    });
    return panel;
  }
}
