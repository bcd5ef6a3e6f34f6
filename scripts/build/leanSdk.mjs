// The esbuild plugin that leaves out of the AWS SDK's bundle what EC2 and STS have no use for.
import { readFile } from 'node:fs/promises';

/** The SDK imports its whole manifest to tell its version. */
const MANIFEST = /\/node_modules\/(@aws-sdk\/[\w-]+|ssh2)\/package\.json$/;

/** Loaded only when an operation streams events; no operation of EC2 or of the sign-in services does. */
const EVENT_STREAMS = /\/@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/;

/** Shrinks manifests to their version, and replaces the event streams by nothing. */
export const leanSdk = {
  name: 'lean-sdk',
  setup(build) {
    build.onLoad({ filter: MANIFEST }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    build.onLoad({ filter: EVENT_STREAMS }, () => ({
      contents: 'export const EventStreamSerde = undefined;',
    }));
  },
};
