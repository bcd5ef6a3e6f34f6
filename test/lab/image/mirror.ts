import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The mirror from which this machine itself installs a Debian release; undefined if it has none configured, and
 * then debootstrap's own default serves.
 *
 * Reads both forms of apt's sources: lines (`deb URI SUITE…`) and deb822 paragraphs (`URIs:`, `Suites:`).
 */
export function configuredMirror(suite: string, etcApt = '/etc/apt'): string | undefined {
  for (const file of sourceFiles(etcApt)) {
    const text = readFileSync(file, 'utf8').replaceAll(/^\s*#.*$/gm, '');
    const mirror = file.endsWith('.sources') ? mirrorInParagraphs(text, suite) : mirrorInLines(text, suite);
    if (mirror !== undefined) return mirror;
  }
  return undefined;
}

function sourceFiles(etcApt: string): readonly string[] {
  const directory = join(etcApt, 'sources.list.d');
  const parts = existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
  return [join(etcApt, 'sources.list'), ...parts.sort()].filter(
    (file) => /\.(list|sources)$/.test(file) && existsSync(file),
  );
}

function mirrorInLines(text: string, suite: string): string | undefined {
  for (const line of text.split('\n')) {
    const [, uri, found] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line) ?? [];
    if (found === suite) return uri;
  }
  return undefined;
}

function mirrorInParagraphs(text: string, suite: string): string | undefined {
  for (const paragraph of text.split(/\n\s*\n/)) {
    const uri = /^URIs:\s*(\S+)/m.exec(paragraph)?.[1];
    const suites = /^Suites:\s*(.*)$/m.exec(paragraph)?.[1]?.split(/\s+/) ?? [];
    if (/^Types:.*\bdeb\b/m.test(paragraph) && suites.includes(suite)) return uri;
  }
  return undefined;
}
