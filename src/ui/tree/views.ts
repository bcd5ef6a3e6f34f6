import * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Cloud } from '../cloud.ts';
import type { CommandBoundary } from '../commandBoundary.ts';
import { viewIds } from '../contributions.ts';
import type { PlanBook } from '../plan/planBook.ts';
import type { ProofBook } from '../proofBook.ts';
import type { Settings } from '../settings.ts';
import { activityRows } from './activityRows.ts';
import { elasticIpRows } from './elasticIpRows.ts';
import { filterRows } from './filterRows.ts';
import type { NetworkFilter } from './networkFilter.ts';
import { networkRows } from './networkRows.ts';
import type { TreeNode } from './node.ts';
import { NodeTreeProvider } from './provider.ts';
import type { Row } from './row.ts';
import { RowNode } from './rowNode.ts';

/** What the views are drawn from. */
export interface ViewsDeps {
  readonly cloud: Cloud;
  readonly proofs: ProofBook;
  readonly book: PlanBook;
  readonly boundary: CommandBoundary;
  readonly settings: Settings;
  readonly filter: NetworkFilter;
}

/** What welcome texts say, no message has to say too. */
const welcomed = new Set(['aws.noCredentials', 'aws.noRegion']);

function isWelcomed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && welcomed.has(String(error.code));
}

const GROUP_BY = 'ec2MultiIp.view.groupBy';

/** The tree of each view, by the view's id. */
export interface Trees {
  readonly [viewIds.network]: NodeTreeProvider;
  readonly [viewIds.elasticIps]: NodeTreeProvider;
  readonly [viewIds.activity]: NodeTreeProvider;
  dispose(): void;
}

/** Makes the trees; the Region is read when one that shows it is looked at. */
export function createTrees({ cloud, proofs, book, boundary, settings, filter }: ViewsDeps): Trees {
  let reported: unknown;
  const rootsOf = (rows: () => Promise<readonly Row[]>) => async (): Promise<TreeNode[]> => {
    try {
      return (await rows()).map((row) => new RowNode(row));
    } catch (error) {
      // Both views ask the same question; its error is said once.
      if (error !== reported && !isWelcomed(error)) {
        void boundary.run('read the Region', () => {
          throw error;
        });
      }
      reported = error;
      return [];
    }
  };
  const isEmpty = ({ inventory }: InventoryIndex) => inventory.vpcs.length + inventory.enis.length === 0;
  const network = new NodeTreeProvider(
    rootsOf(async () => {
      const index = await cloud.shown();
      if (isEmpty(index)) return [];
      const grouping = settings.get(GROUP_BY) === 'instance' ? 'instance' : 'vpc';
      return filterRows(networkRows(index, cloud, proofs, grouping), filter.text);
    }),
  );
  const elasticIps = new NodeTreeProvider(
    rootsOf(async () => elasticIpRows(await cloud.inventory(), await cloud.reverseDns())),
  );
  const activity = new NodeTreeProvider(async () =>
    activityRows(await book.activities(), (id) => book.running(id)).map((row) => new RowNode(row)),
  );
  const subscriptions = vscode.Disposable.from(
    network,
    elasticIps,
    activity,
    book.onDidChange(() => {
      activity.refresh();
    }),
    cloud.onDidChange(() => {
      network.refresh();
      elasticIps.refresh();
    }),
    ...[
      proofs.onDidChange.bind(proofs),
      filter.onDidChange,
      (listener: () => void) => settings.onChange([GROUP_BY], listener),
    ].map((on) =>
      on(() => {
        network.refresh();
      }),
    ),
  );
  return {
    [viewIds.network]: network,
    [viewIds.elasticIps]: elasticIps,
    [viewIds.activity]: activity,
    dispose: () => {
      subscriptions.dispose();
    },
  };
}
