// The licences of the libraries that are in the bundles: they have to go wherever the bundles go.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of the packages of which something is in an output, such as `node_modules/ssh2`. */
function packagesIn(metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : []));
  const folders = inputs.flatMap(
    (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

/** What a package says of itself, and the text of its licence where it carries one. */
function licenceOf(root, folder) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const { name, version, license, licenses } = manifest;
  const text = readdirSync(join(root, folder))
    .filter((file) => /^(licen[cs]e|notice|copying)(\.|-|$)/i.test(file))
    .sort()
    .map((file) =>
      readFileSync(join(root, folder, file), 'utf8')
        .replaceAll('\r\n', '\n')
        .trim(),
    )
    .join('\n\n');
  // The older form of a manifest has a list of licences.
  return { folder, name, version, license: license ?? licenses?.[0]?.type, text };
}

/** Some packages carry no text: then it is that of their publisher's other packages under the same licence. */
function ofPublisher(root, { folder, name, license }) {
  const beside = name.startsWith('@') ? join(folder, '..') : undefined;
  const others = beside === undefined ? [] : readdirSync(join(root, beside)).sort();
  for (const other of others) {
    const found = licenceOf(root, join(beside, other));
    if (license !== undefined && found.license === license && found.text !== '') return found.text;
  }
  throw new Error(`${name} is in a bundle, and carries no licence that could go with it.`);
}

/** The notices: every text once, under the names of all that it is for. */
export function notices(root, metafiles) {
  const byText = new Map();
  for (const folder of packagesIn(metafiles)) {
    const each = licenceOf(root, folder);
    const text = each.text || ofPublisher(root, each);
    byText.set(text, [...(byText.get(text) ?? []), `${each.name} ${each.version} (${each.license})`]);
  }
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`);
  const head = 'This extension contains parts of the following libraries.\n';
  return [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}
