import type { OwnAddress } from '../backend.ts';

const header =
  '# EC2 Multi-IP: secondary addresses, merged by netplan with those of the other files.\nnetwork:\n  version: 2\n  ethernets:\n';
const item = /^ {8}- "([\d.]+)\/32" # EC2 Multi-IP: (\S+)\n$/;

/** Adds an address of a netplan id to our own file's text, in that id's section. */
export function addToYaml(text: string, id: string, address: string, instanceId: string): string {
  const lines = linesOf(text === '' ? header : text);
  const line = `        - "${address}/32" # EC2 Multi-IP: ${instanceId}\n`;
  const section = lines.indexOf(`    ${id}:\n`);
  if (section < 0) return [...lines, `    ${id}:\n`, '      addresses:\n', line].join('');
  let end = section + 2;
  while (item.test(lines[end] ?? '')) end += 1;
  return [...lines.slice(0, end), line, ...lines.slice(end)].join('');
}

/** Takes addresses of a netplan id out of our own file's text; empty where nothing is left. */
export function removeFromYaml(text: string, id: string, addresses: readonly string[]): string {
  const lines = linesOf(text);
  const section = lines.indexOf(`    ${id}:\n`);
  if (section < 0) return text;
  let end = section + 2;
  while (item.test(lines[end] ?? '')) end += 1;
  const rest = lines
    .slice(section + 2, end)
    .filter((line) => !addresses.includes(item.exec(line)?.[1] ?? ''));
  const kept = rest.length === 0 ? [] : [...lines.slice(section, section + 2), ...rest];
  const left = [...lines.slice(0, section), ...kept, ...lines.slice(end)].join('');
  return left === header ? '' : left;
}

/** The addresses that our own file gives to a netplan id. */
export function addressesInYaml(text: string, id: string): OwnAddress[] {
  const lines = linesOf(text);
  const section = lines.indexOf(`    ${id}:\n`);
  const found: OwnAddress[] = [];
  for (const line of section < 0 ? [] : lines.slice(section + 2)) {
    const [, address, instanceId] = item.exec(line) ?? [];
    if (address === undefined || instanceId === undefined) break;
    found.push({ address, instanceId });
  }
  return found;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
