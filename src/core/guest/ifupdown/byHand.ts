import { posix } from 'node:path';
import { isOfCloudInit } from '../cloudInit.ts';
import type { GuestAddress, GuestFacts, GuestInterface } from '../facts.ts';
import { FileEdits } from '../fileEdits.ts';
import { findInterface } from '../proposal.ts';
import type { GuestProposal, GuestWish } from '../proposal.ts';
import { findAddress } from './find.ts';
import type { ConfiguredAddress } from './find.ts';
import { rewriteStanza } from './rewrite.ts';
import { readTree } from './tree.ts';
import type { Tree } from './tree.ts';

/** Addresses that somebody wrote with the subnet's mask, and what gives them the better form. */
export interface ByHand {
  readonly addresses: readonly string[];
  /** A proposal that does this as well: each stanza becomes a block of ours where it stands, under the same label. */
  rewrite(proposal: GuestProposal): GuestProposal;
}

/** Finds what stands there by hand and can be rewritten without touching anything else; `undefined` where nothing does. */
export function findByHand(facts: GuestFacts, wish: GuestWish): ByHand | undefined {
  const nic = findInterface(facts, wish.mac);
  const tree = readTree(facts.files);
  const found = [...new Set(wish.addresses)].flatMap((address) => {
    const at = findAddress(tree, address);
    return at !== undefined && isRewritable(at, tree, nic, wish.instanceId) ? [at] : [];
  });
  if (found.length === 0) return undefined;
  return {
    addresses: found.map(({ address }) => address),
    rewrite: (proposal) => rewriteAll(proposal, facts, found, nic, wish.instanceId),
  };
}

function isRewritable(found: ConfiguredAddress, tree: Tree, nic: GuestInterface, instanceId: string) {
  const { by, prefixLength, started, stanza, in: place } = found;
  const { path } = place.file;
  const isAlias = by === 'stanza' && prefixLength < 32 && stanza.name.startsWith(`${nic.name}:`);
  const isWritable = path.startsWith('/etc/') && !isOfCloudInit(posix.basename(path));
  if (!isAlias || !started || !isWritable || place.content.fault !== undefined) return false;
  const others = tree.files.flatMap(({ content }) =>
    content.stanzas.filter(({ name }) => name === stanza.name),
  );
  if (others.length > 1 || isInherited(tree, stanza.name)) return false;
  return textAfter(place.file.bytes.toString('latin1'), found, tree, nic, instanceId) !== undefined;
}

/** Another stanza may take its options from this one. */
function isInherited(tree: Tree, name: string): boolean {
  const statements = tree.files.flatMap(({ content }) =>
    content.pieces.map(({ statement = '' }) => statement),
  );
  return statements.some(
    (statement) => statement.split(/\s+/).includes('inherits') && statement.includes(name),
  );
}

function textAfter(
  text: string,
  { address, stanza, in: place }: ConfiguredAddress,
  tree: Tree,
  { name }: GuestInterface,
  instanceId: string,
): string | undefined {
  const others = tree.files.filter(({ file }) => file !== place.file);
  const isStartedElsewhere = others.some(({ content }) => content.started.includes(stanza.name));
  const entry = { address, prefixLength: 32, label: stanza.name, interface: name, instanceId };
  return rewriteStanza(text, entry, isStartedElsewhere);
}

function rewriteAll(
  proposal: GuestProposal,
  facts: GuestFacts,
  found: readonly ConfiguredAddress[],
  nic: GuestInterface,
  instanceId: string,
): GuestProposal {
  const tree = readTree(facts.files);
  const edits = new FileEdits(facts.files);
  for (const { path, after, mode, ownDirectory } of proposal.files) {
    const creation = { ...(mode && { mode }), ...(ownDirectory && { ownDirectory }) };
    edits.change(path, () => Buffer.from(after ?? '', 'base64').toString('latin1'), creation);
  }
  for (const each of found) {
    edits.change(each.in.file.path, (text) => textAfter(text, each, tree, nic, instanceId) ?? text);
  }
  const masks = found.map((each) => masksOf(each, nic));
  const isOther = ({ address }: GuestAddress) => !found.some((each) => each.address === address);
  return {
    ...proposal,
    bringUp: [...proposal.bringUp.filter(isOther), ...masks.flatMap(({ bringUp }) => bringUp)],
    takeDown: [...proposal.takeDown, ...masks.flatMap(({ takeDown }) => takeDown)],
    files: edits.changes(),
  };
}

/** What is live with a broad mask gets the narrow one, and what is not live comes up with it. */
function masksOf({ address, stanza }: ConfiguredAddress, nic: GuestInterface) {
  const live = nic.addresses.filter((each) => each.address === address);
  const broad = live.find(({ prefixLength, dynamic }) => prefixLength !== 32 && !dynamic);
  const bringUp = [{ address, prefixLength: 32, label: stanza.name }];
  if (broad === undefined) return { bringUp: live.length === 0 ? bringUp : [], takeDown: [] };
  const { prefixLength, label } = broad;
  return { bringUp, takeDown: [{ address, prefixLength, ...(label === nic.name ? {} : { label }) }] };
}
