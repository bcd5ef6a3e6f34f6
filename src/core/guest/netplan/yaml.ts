import type { OwnAddress } from '../backend.ts';
import { ownerWord } from '../markers.ts';
import { linesOf } from '../textBlocks.ts';

const header =
  '# EC2 Multi-IP: secondary addresses, merged by netplan with those of the other files.\nnetwork:\n  version: 2\n  ethernets:\n';
const list = '      addresses:\n';
const item = /^ {8}- "([\d.]+)\/32" # EC2 Multi-IP: (\S+)\r?\n?$/;

/**
 * Adds an address of a netplan id to our own file's text, at the head of what is there: so that it can be taken out
 * again without knowing more, whatever somebody has written into the file since.
 *
 * `undefined` where that has made it another file.
 */
export function addToYaml(text: string, id: string, address: string, instanceId: string): string | undefined {
  const lines = linesOf(text === '' ? header : text);
  const line = `        - "${address}/32" # EC2 Multi-IP: ${ownerWord(instanceId)}\n`;
  const section = sectionOf(lines, id);
  if (section === undefined) {
    const head = lines.findIndex((each) => /^ {2}ethernets:[ \t]*(#.*)?\r?\n$/.test(each));
    return head < 0 ? undefined : withLines(lines, head + 1, `    ${id}:\n`, list, line);
  }
  const [first, end] = section;
  const at = lines.findIndex(
    (each, index) => index > first && index < end && /^ {6}addresses:\s*$/.test(each),
  );
  return at < 0 ? withLines(lines, first + 1, list, line) : withLines(lines, at + 1, line);
}

/** Takes addresses of a netplan id out of our own file's text; empty where nothing is left. */
export function removeFromYaml(text: string, id: string, addresses: readonly string[]): string {
  const lines = linesOf(text);
  const isGone = (line = '') => addresses.includes(item.exec(line)?.[1] ?? '');
  const section = sectionOf(lines, id);
  if (section === undefined || !lines.slice(...section).some(isGone)) return text;
  const [first, end] = section;
  let inside = lines.slice(first + 1, end).filter((line) => !isGone(line));
  // A list or a section with nothing in it would be none.
  const at = inside.indexOf(list);
  if (at >= 0 && !/^ {6,}-/.test(inside.slice(at + 1).find(isSaying) ?? '')) inside = inside.toSpliced(at, 1);
  const kept = inside.some(isSaying) ? [lines[first] ?? '', ...inside] : inside;
  const left = [...lines.slice(0, first), ...kept, ...lines.slice(end)].join('');
  return left === header ? '' : left;
}

/** The addresses that our own file gives to a netplan id. */
export function addressesInYaml(text: string, id: string): OwnAddress[] {
  const lines = linesOf(text);
  const [first, end] = sectionOf(lines, id) ?? [0, 0];
  return lines.slice(first, end).flatMap((line) => {
    const [, address, instanceId] = item.exec(line) ?? [];
    return address === undefined || instanceId === undefined ? [] : [{ address, instanceId }];
  });
}

/** Where an id's section begins, and where the next one does. */
function sectionOf(lines: readonly string[], id: string): [first: number, end: number] | undefined {
  const first = lines.findIndex((line) => line.trimEnd() === `    ${id}:`);
  if (first < 0) return undefined;
  const length = lines.slice(first + 1).findIndex((line) => isSaying(line) && !/^ {5}/.test(line));
  return [first, length < 0 ? lines.length : first + 1 + length];
}

/** Whether a line is more than a comment or blank. */
function isSaying(line: string): boolean {
  return !/^\s*(#|$)/.test(line);
}

function withLines(lines: readonly string[], at: number, ...put: readonly string[]): string {
  return lines.toSpliced(at, 0, ...put).join('');
}
