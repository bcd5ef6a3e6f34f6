import type { MendSpec } from '../plan/recipes/mend.ts';
import type { MoveSpec } from '../plan/recipes/moveEip.ts';
import type { PairSpec } from '../plan/recipes/pair.ts';
import type { ReverseDnsSpec } from '../plan/recipes/reverseDns.ts';

/** What mends a finding, as the recipe to plan and what it is given: shown as a plan before anything changes. */
export type Fix =
  | { readonly recipe: 'pair'; readonly spec: PairSpec }
  | { readonly recipe: 'moveEip'; readonly spec: MoveSpec }
  | { readonly recipe: 'mend'; readonly spec: MendSpec }
  | { readonly recipe: 'reverseDns'; readonly spec: ReverseDnsSpec }
  | { readonly recipe: 'configureGuest'; readonly networkInterfaceId: string };
