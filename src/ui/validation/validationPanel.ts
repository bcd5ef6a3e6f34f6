import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PanelState, PanelView } from '../../panel/protocol.ts';
import { errorText } from '../../words/errorText.ts';
import { timeText } from '../../words/time.ts';
import { isCancelled } from '../cancelled.ts';
import { requireEni } from '../commands/lookUp.ts';
import { leftSentence } from '../leftSentence.ts';
import { TablePanel } from '../panel/tablePanel.ts';
import type { ProofBook } from '../proofBook.ts';
import type { Services } from '../services.ts';
import { rowsOf, validate } from './validation.ts';
import { validationView } from './validationView.ts';
import type { ValidationRow, ValidationScene } from './validationView.ts';

/** What the panel keeps over a reload: which ENIs it is about. */
interface Memory {
  readonly eniIds: readonly string[];
}

/** Reads what an earlier window kept; anything else than that counts as nothing. */
function memoryOf(state: PanelState | undefined): Memory {
  const memory = state?.memory as Partial<Memory> | undefined;
  const ids: unknown = memory?.eniIds;
  return { eniIds: Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [] };
}

/** The one validation panel: what it shows, and the test that fills it. */
export class ValidationPanel {
  readonly #services: Services;
  readonly #proofs: ProofBook;
  readonly #panel: TablePanel;
  #memory: Memory;
  #abort = new AbortController();
  #view: PanelView | undefined;

  constructor(services: Services, proofs: ProofBook, panel: TablePanel, kept: PanelState | undefined) {
    this.#services = services;
    this.#proofs = proofs;
    this.#panel = panel;
    this.#memory = memoryOf(kept);
    if (kept !== undefined) this.#show(withAgain(kept.view));
    panel.onDidPress((button) => this.#press(button));
    const switches = services.cloud.shownAccount.onDidSwitch((account) => {
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

  /** Tests these ENIs and shows each verdict as it comes; an earlier test that still runs is ended. */
  async test(eniIds: readonly string[]): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#memory = { eniIds };
    const { cloud, settings, access } = this.#services;
    const ports = settings.get('ec2MultiIp.probe.ports');
    const index = await cloud.refresh();
    const enis = eniIds.map((id) => requireEni(index, id));
    let rows = rowsOf(enis);
    const draw = (state: ValidationScene['state'], problem?: string) => {
      // A test that was ended by a newer one has nothing to show any more.
      if (this.#abort !== abort) return;
      const at = timeText(new Date());
      this.#show(validationView({ rows, state, ports, at, ...(problem === undefined ? {} : { problem }) }));
    };
    draw('running');
    try {
      await validate(index, enis, {
        access,
        ports,
        echoUrl: settings.get('ec2MultiIp.probe.echoUrl'),
        signal: abort.signal,
        onProof: (proof) => {
          this.#proofs.put(proof, new Date());
          rows = rows.map((row): ValidationRow => (isOf(row, proof) ? { ...row, proof } : row));
          draw('running');
        },
      });
      draw('done');
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
    if (button === 'cancel') this.#abort.abort();
    if (button !== 'again') return;
    await this.#services.boundary.run('validate again', () => this.test(this.#memory.eniIds));
  }

  #show(view: PanelView): void {
    this.#view = view;
    this.#panel.show({ view, memory: this.#memory });
  }
}

function isOf({ pair }: ValidationRow, { pair: tested }: { readonly pair: ValidationRow['pair'] }): boolean {
  return (
    pair.networkInterfaceId === tested.networkInterfaceId && pair.privateAddress === tested.privateAddress
  );
}

/** A test that the reload cut off cannot be cancelled any more, only begun again. */
function withAgain(view: PanelView): PanelView {
  return { ...view, buttons: [{ id: 'again', label: l10n.t('Validate Again'), primary: true }] };
}

/** Keeps the one panel, also over a reload of the window. */
export class ValidationPanels implements vscode.WebviewPanelSerializer<PanelState> {
  readonly #services: Services;
  readonly #proofs: ProofBook;
  readonly #extensionUri: vscode.Uri;
  #open: ValidationPanel | undefined;

  constructor(services: Services, proofs: ProofBook, extensionUri: vscode.Uri) {
    this.#services = services;
    this.#proofs = proofs;
    this.#extensionUri = extensionUri;
  }

  /** Opens the panel or brings it to the front, and tests. */
  async test(eniIds: readonly string[]): Promise<void> {
    this.#open?.reveal();
    this.#open ??= this.#adopt(
      TablePanel.create('ec2MultiIp.validation', l10n.t('Validation'), this.#extensionUri),
      undefined,
    );
    await this.#open.test(eniIds);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PanelState | undefined): Promise<void> {
    this.#open = this.#adopt(new TablePanel(panel, this.#extensionUri), state);
    return Promise.resolve();
  }

  #adopt(table: TablePanel, kept: PanelState | undefined): ValidationPanel {
    const panel = new ValidationPanel(this.#services, this.#proofs, table, kept);
    panel.onDidDispose(() => {
      if (this.#open === panel) this.#open = undefined;
    });
    return panel;
  }
}
