import type { OpenPort } from '../../core/plan/changes.ts';

/** The words of a list that a person typed, between commas, white space or semicolons. */
export function words(text: string): readonly string[] {
  return text.split(/[\s,;、]+/).filter((word) => word !== '');
}

/** Tells whether a person wrote how many instead of which ones. */
export function isCount(text: string): boolean {
  return /^[1-9]\d{0,2}$/.test(text);
}

/** TCP ports as a person writes them, such as `22, 8000-8010`. */
export function portsText(ports: readonly OpenPort[]): string {
  return ports
    .map(({ fromPort, toPort }) => (fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`))
    .join(', ');
}

function parsePort(word: string): OpenPort | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(word);
  if (match === null) return undefined;
  const fromPort = Number(match[1]);
  const toPort = Number(match[2] ?? match[1]);
  const valid = fromPort >= 1 && fromPort <= toPort && toPort <= 65_535;
  return valid ? { protocol: 'tcp', fromPort, toPort, source: '0.0.0.0/0' } : undefined;
}

/** Reads what `portsText` writes; `undefined` where something in it is no port, or given twice. */
export function parsePorts(text: string): readonly OpenPort[] | undefined {
  const all = words(text);
  const ports = all.flatMap((word) => parsePort(word) ?? []);
  return ports.length === all.length && new Set(all).size === all.length ? ports : undefined;
}
