// The esbuild plugin that keeps the two heavy libraries, and all that is not needed at once, out of the entry.

const DOOR = /\/(ui|aws|ssh|diagnose)\/door\.ts$/;

/**
 * Turns `await import('…/aws/door.ts')` into a `require('./aws.cjs')` that runs when the line runs, and likewise
 * for ssh, for the UI and for the diagnosis. A plain import of a door would put it all into the importing bundle, so it is an
 * error; a type import is erased before it gets here.
 */
export const lazyDoors = {
  name: 'lazy-doors',
  setup(build) {
    build.onResolve({ filter: DOOR }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      if (kind === 'dynamic-import') return { path: `./${DOOR.exec(path)[1]}.cjs`, external: true };
      return {
        errors: [{ text: `Import ${path} by "await import()" where it is needed, or as a type only` }],
      };
    });
  },
};
