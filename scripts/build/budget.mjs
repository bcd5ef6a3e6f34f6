// What the extension host's files weigh, and how much they may.

/** The most that all that the main job loads may weigh together, minified, in bytes. */
const HOST_BUDGET = 800_000;

/**
 * Where loading begins in the main job: a profile with keys, a stack, a guest patched over SSH, its pairs proven.
 * What is loaded only for more than that (single sign-on, other network managers, a plan as CLI commands) counts apart.
 */
const MAIN_JOB = [
  /^src\/extension\.ts$/,
  /^src\/(ui|ui\/diagnose|core\/aws|core\/ssh)\/door\.ts$/,
  /^src\/core\/ssh\/hostKeys\.ts$/,
  /\/credential-provider-(ini|env)\/dist-es\/index\.js$/,
];

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const isCode = (path) => /\.(cjs|js|css)$/.test(path);

const weightOf = (outputs) => outputs.reduce((sum, { bytes }) => sum + bytes, 0);

/** The outputs that are loaded with these, one importing the other. */
function loadedWith(outputs, roots) {
  const loaded = new Set(roots);
  for (const path of loaded) {
    for (const { path: imported, kind, external } of outputs[path].imports) {
      if (kind === 'import-statement' && external !== true) loaded.add(imported);
    }
  }
  return [...loaded];
}

/** The bytes of the host's files: those that the main job loads, and all. */
export function weights({ outputs }) {
  const files = Object.keys(outputs).filter(isCode);
  const roots = files.filter((path) => MAIN_JOB.some((root) => root.test(outputs[path].entryPoint)));
  const mainJob = weightOf(loadedWith(outputs, roots).map((path) => outputs[path]));
  return { mainJob, all: weightOf(files.map((path) => outputs[path])), budget: HOST_BUDGET };
}

/** One line a file, and what the host's files weigh together. */
export function sizeReport([host, ...others]) {
  const lines = [host, ...others]
    .flatMap(({ outputs }) => Object.entries(outputs))
    .filter(([path]) => isCode(path))
    .map(([path, { bytes }]) => `  ${path.padEnd(40)} ${kilobytes(bytes).padStart(10)}`);
  const { mainJob, all } = weights(host);
  lines.push(`  the host's files: ${kilobytes(mainJob)} for the main job, ${kilobytes(all)} in all`);
  return `${lines.sort().join('\n')}\n`;
}

/** A sentence if what the main job loads is over the budget. */
export function overBudget(metafile) {
  const { mainJob, budget } = weights(metafile);
  if (mainJob < budget) return undefined;
  return `What the main job loads weighs ${kilobytes(mainJob)}, and may weigh ${kilobytes(budget)}.`;
}
