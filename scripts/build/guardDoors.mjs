// The esbuild plugin that keeps the heavy libraries, and all that is not needed at once, out of the entry.

const DOOR = /\/(ui|aws|ssh|diagnose)\/door\.ts$/;

/** A plain import of a door would load all of it with the importing file, so it is an error; a type import is erased. */
export const guardDoors = {
  name: 'guard-doors',
  setup(build) {
    build.onResolve({ filter: DOOR }, ({ path, kind }) => {
      if (kind !== 'import-statement') return undefined;
      return {
        errors: [{ text: `Import ${path} by "await import()" where it is needed, or as a type only` }],
      };
    });
  },
};
