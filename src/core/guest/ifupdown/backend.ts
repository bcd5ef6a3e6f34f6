import { posix } from 'node:path';
import { shellQuote } from '../../base/quoting.ts';
import type { FileChange } from '../../plan/changes.ts';
import type { GuestBackend } from '../backend.ts';
import type { ConfigureGuest } from '../configureGuest.ts';
import { replacedBy } from '../replaced.ts';
import { aliasScript } from './aliases.ts';
import { proposeForIfupdown } from './propose.ts';
import { readIfupdown } from './readScript.ts';
import { ownAddresses, removeForIfupdown } from './remove.ts';
import { readInterfaces } from './statements.ts';

/** Debian's ifupdown: /etc/network/interfaces and what it includes. */
export const ifupdown: GuestBackend = {
  manager: 'ifupdown',
  readScript: readIfupdown,
  propose: proposeForIfupdown,
  proposeRemoval: removeForIfupdown,
  listOwn: ownAddresses,
  checkScript: (change) =>
    change.files.flatMap((file, index) => (isOurs(file) ? [checkFile(change, file, index)] : [])).join('\n'),
  applyScript: aliasScript,
  settleScript: (change) => ownAliases(change).map(settleAlias).join('\n'),
  reloadScript: () => '',
};

/** All that a proposal touches besides /etc/hosts is ours. */
function isOurs({ path, after }: FileChange): boolean {
  return posix.basename(path) !== 'hosts' && after !== null;
}

/**
 * Has the guest's own ifupdown read the candidate: no complaint that the file did not have before, the same
 * answer as before for every name that was there, and for each new alias just the address that is meant.
 */
function checkFile(change: ConfigureGuest, { before, after }: FileChange, index: number): string {
  const old = names(before);
  const now = names(after);
  const rewritten = replacedBy(change).flatMap(({ to }) => to.label ?? []);
  const isNew = (label: string) => !old.includes(label) || rewritten.includes(label);
  const kept = now.filter((name) => !isNew(name) && !wasChanged(before, after, name));
  const candidate = `"$C${index}"`;
  const file = `"$F${index}"`;
  return [
    // Not its exit code, which also tells of an `auto` line without a stanza.
    before === null ? ': > "$S/known"' : `ifquery -i ${file} --list 2>"$S/known" >/dev/null`,
    `ifquery -i ${candidate} --list 2>"$S/complaints" >/dev/null`,
    `[ "$(wc -l < "$S/complaints")" -le "$(wc -l < "$S/known")" ] || refuse candidateRefused ${file} "$(cat "$S/complaints")"`,
    ...kept.map(
      (name) =>
        `[ "$(ifquery -i ${file} ${shellQuote(name)} 2>/dev/null)" = "$(ifquery -i ${candidate} ${shellQuote(name)} 2>/dev/null)" ] || refuse candidateRefused ${file} ${shellQuote(name)}`,
    ),
    ...ownAliases(change)
      .filter(({ label }) => now.includes(label) && isNew(label))
      .map(({ label, address }) => expectAddress(candidate, label, address, file)),
  ].join('\n');
}

function expectAddress(candidate: string, label: string, address: string, file: string): string {
  // By force: ifupdown may still take an alias for configured whose address is long gone.
  const asked = `ifup -n --force --no-scripts -i ${candidate} ${shellQuote(label)}`;
  return `case $(${asked} 2>&1) in *"ip addr add ${address}/"*) ;; *) refuse candidateRefused ${file} "$(${asked} 2>&1)" ;; esac`;
}

/** Aliases that the change puts into a file, or whose stanza is there already. */
function ownAliases({ bringUp }: ConfigureGuest): { readonly label: string; readonly address: string }[] {
  return bringUp.flatMap(({ label, address }) => (label === undefined ? [] : [{ label, address }]));
}

/** With the files in place, ifupdown has to find the alias by itself, or the next boot would not. */
function settleAlias({ label, address }: { readonly label: string; readonly address: string }): string {
  return `ifquery ${shellQuote(label)} 2>/dev/null | grep -qF ${shellQuote(`address: ${address}`)} || refuse candidateRefused /etc/network/interfaces "$(ifquery ${shellQuote(label)} 2>&1)"`;
}

function names(base64: string | null): string[] {
  return [...new Set(read(base64).stanzas.map(({ name }) => name))];
}

function wasChanged(before: string | null, after: string | null, name: string): boolean {
  const count = (base64: string | null) =>
    read(base64).stanzas.filter((stanza) => stanza.name === name).length;
  return count(before) !== count(after);
}

function read(base64: string | null) {
  return readInterfaces(Buffer.from(base64 ?? '', 'base64').toString('latin1'));
}
