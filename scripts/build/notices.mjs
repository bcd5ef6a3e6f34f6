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

/** What a package says of itself and its licence; throws where it carries no text of one. */
function licenceOf(root, folder) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const { name, version, license, licenses } = manifest;
  const files = readdirSync(join(root, folder));
  const texts = files
    .filter((file) => /^(licen[cs]e|notice|copying)(\.|-|$)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(root, folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  // The older form of a manifest has a list of them.
  const named = license ?? licenses?.[0]?.type;
  if (texts.length === 0 || named === undefined) {
    throw new Error(`${folder} is in a bundle, and carries no licence that could go with it.`);
  }
  return { title: `${name} ${version} (${named})`, text: texts.join('\n\n') };
}

/** The notices: every text once, under the names of all that it is for. */
export function notices(root, metafiles) {
  const byText = new Map();
  for (const { title, text } of packagesIn(metafiles).map((folder) => licenceOf(root, folder))) {
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`);
  const head = 'This extension contains parts of the following libraries.\n';
  return [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}
