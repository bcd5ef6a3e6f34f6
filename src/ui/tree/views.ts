import * as vscode from 'vscode';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Cloud } from '../cloud.ts';
import type { Clouds, ShownRegion } from '../clouds.ts';
import type { CommandBoundary } from '../commandBoundary.ts';
import { viewIds } from '../contributions.ts';
import type { PlanBook } from '../plan/planBook.ts';
import type { ProofBook } from '../proofBook.ts';
import type { Settings } from '../settings.ts';
import { activityRows } from './activityRows.ts';
import { elasticIpRows } from './elasticIpRows.ts';
import { filterRows } from './filterRows.ts';
import type { NetworkFilter } from './networkFilter.ts';
import { networkRows, regionTree } from './networkRows.ts';
import type { TreeNode } from './node.ts';
import { NodeTreeProvider } from './provider.ts';
import { RegionNode } from './regionNode.ts';
import type { Row } from './row.ts';
import { RowNode } from './rowNode.ts';

/** What the views are drawn from. */
export interface ViewsDeps {
  readonly clouds: Clouds;
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

/** Says each error once: both views ask the same questions. */
function reporter(boundary: CommandBoundary): (error: unknown) => void {
  let reported: unknown;
  return (error) => {
    if (error !== reported && !isWelcomed(error)) {
      void boundary.run('read the Region', () => {
        throw error;
      });
    }
    reported = error;
  };
}

/** The roots of a view: one Region's own, or a node for each of several. */
function rootsFrom(
  { clouds, boundary }: ViewsDeps,
  one: (cloud: Cloud) => Promise<readonly Row[]>,
  below: (cloud: Cloud) => Promise<readonly Row[]>,
): () => Promise<readonly TreeNode[]> {
  const report = reporter(boundary);
  const several = async (shown: readonly ShownRegion[]): Promise<readonly TreeNode[]> => {
    // Whose account it is comes with the first; what ails it alone is said below it.
    await clouds.main.shown().catch((error: unknown) => {
      if (isWelcomed(error)) throw error;
    });
    const content = { rows: ({ cloud }: ShownRegion) => below(cloud), report };
    return shown.map((each) => new RegionNode(each, clouds, content, each.cloud === clouds.main));
  };
  return async () => {
    try {
      const shown = await clouds.shown();
      if (shown.length > 1) return await several(shown);
      const rows = await one(clouds.main);
      const { region } = await clouds.main.ec2();
      return rows.map((row) => new RowNode(row, region));
    } catch (error) {
      report(error);
      return [];
    }
  };
}

/** Makes the trees; a Region is read when one that shows it is looked at. */
export function createTrees(deps: ViewsDeps): Trees {
  const { clouds, proofs, book, settings, filter } = deps;
  const isEmpty = ({ inventory }: InventoryIndex) => inventory.vpcs.length + inventory.enis.length === 0;
  const grouping = () => (settings.get(GROUP_BY) === 'instance' ? 'instance' : 'vpc');
  const network = new NodeTreeProvider(
    rootsFrom(
      deps,
      async (cloud) => {
        const index = await cloud.shown();
        if (isEmpty(index)) return [];
        return filterRows(regionTree(index, clouds, proofs, grouping()), filter.text);
      },
      async (cloud) => filterRows(networkRows(await cloud.shown(), proofs, grouping()), filter.text),
    ),
  );
  const eipRows = async (cloud: Cloud) => elasticIpRows(await cloud.inventory(), await cloud.reverseDns());
  const elasticIps = new NodeTreeProvider(rootsFrom(deps, eipRows, eipRows));
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
    clouds.onDidChange(() => {
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
