// What the bundles weigh, and how much they may.

/** The most that the bundles of the main job may weigh together, minified, in bytes. */
const HOST_BUDGET = 800_000;

/** Counted apart: the reasons why a pair fails, which are loaded with the first validation. */
const APART = /\/diagnose\.cjs$/;

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const weightOf = (outputs) => outputs.reduce((sum, [, { bytes }]) => sum + bytes, 0);

const code = (metafile) => Object.entries(metafile.outputs).filter(([path]) => /\.(cjs|js|css)$/.test(path));

/** What counts of the host's bundles. */
const ofMainJob = (metafile) => code(metafile).filter(([path]) => !APART.test(path));

/** One line a bundle, the host's bundles together, and one for each of our own source files that went into more than one. */
export function sizeReport(metafiles) {
  const [host] = metafiles;
  const outputs = metafiles.flatMap(code);
  const lines = outputs.map(([path, { bytes }]) => `  ${path.padEnd(24)} ${kilobytes(bytes).padStart(10)}`);
  lines.push(
    `  the host's bundles: ${kilobytes(weightOf(ofMainJob(host)))} for the main job, ${kilobytes(weightOf(code(host)))} with the diagnosis`,
  );
  const holders = new Map();
  for (const [path, { inputs }] of outputs) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      if (!input.startsWith('src/') || bytesInOutput === 0) continue;
      holders.set(input, [...(holders.get(input) ?? []), path]);
    }
  }
  for (const [input, paths] of holders) {
    if (paths.length > 1) lines.push(`  ${input} is in ${paths.join(' and ')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A sentence if the bundles of the main job together are over the budget. */
export function overBudget(metafile) {
  const total = weightOf(ofMainJob(metafile));
  if (total < HOST_BUDGET) return undefined;
  return `The bundles of the main job weigh ${kilobytes(total)} together, and may weigh ${kilobytes(HOST_BUDGET)}.`;
}
