// What the bundles weigh, and how much they may.

/** The most that the extension host's bundles may weigh together, minified, in bytes. */
const HOST_BUDGET = 800_000;

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const code = (metafile) => Object.entries(metafile.outputs).filter(([path]) => /\.(cjs|js|css)$/.test(path));

/** One line a bundle, and one for each of our own source files that went into more than one. */
export function sizeReport(metafiles) {
  const outputs = metafiles.flatMap(code);
  const lines = outputs.map(([path, { bytes }]) => `  ${path.padEnd(24)} ${kilobytes(bytes).padStart(10)}`);
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

/** A sentence if the host's bundles together are over the budget. */
export function overBudget(metafile) {
  const total = code(metafile).reduce((sum, [, { bytes }]) => sum + bytes, 0);
  if (total < HOST_BUDGET) return undefined;
  return `The host's bundles weigh ${kilobytes(total)} together, and may weigh ${kilobytes(HOST_BUDGET)}.`;
}
