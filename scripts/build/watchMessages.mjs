// What watch mode prints, in a form that the problem matcher in .vscode/tasks.json reads.

/**
 * Prints when the first of the bundles starts to build and when the last one is done, and between the two one
 * line `FILE:LINE:COLUMN: error: TEXT` for each problem. The same plugin goes into every bundle.
 */
export function watchMessages() {
  let building = 0;
  const print = (severity, { text, location }) => {
    const place = location ? `${location.file}:${location.line}:${location.column + 1}` : 'esbuild.js:1:1';
    process.stdout.write(`${place}: ${severity}: ${text}\n`);
  };
  return {
    name: 'watch-messages',
    setup(build) {
      build.onStart(() => {
        if (building === 0) process.stdout.write('[watch] build started\n');
        building += 1;
      });
      build.onEnd(({ errors, warnings }) => {
        for (const problem of errors) print('error', problem);
        for (const problem of warnings) print('warning', problem);
        building -= 1;
        if (building === 0) process.stdout.write('[watch] build finished\n');
      });
    },
  };
}
