// The esbuild plugin that leaves out of the AWS SDK's bundle what EC2 and STS have no use for.
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The SDK imports its whole manifest to tell its version. */
const MANIFEST = /\/node_modules\/(@aws-sdk\/[\w-]+|ssh2)\/package\.json$/;

/** Files that are replaced, by how their path ends. */
const REPLACED = [
  // Loaded only when an operation streams events; no operation of EC2 or of the sign-in services does.
  [
    /\/@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    'export const EventStreamSerde = undefined;',
  ],
  // Signs for several Regions at once, which S3 alone asks for; for one Region it hands on to the plain signer.
  [
    /\/signature-v4-multi-region\/dist-es\/SignatureV4MultiRegion\.js$/,
    "export { SignatureV4SignWithCredentials as SignatureV4MultiRegion } from './SignatureV4SignWithCredentials';",
  ],
  // Slows down by itself where AWS_RETRY_MODE says `adaptive`; our own pacer does that for EC2, whatever it says.
  [
    /\/util-retry\/AdaptiveRetryStrategy\.js$/,
    "export { StandardRetryStrategy as AdaptiveRetryStrategy } from './StandardRetryStrategy';",
  ],
  // A hash in JavaScript for where there is no node:crypto.
  [/\/checksum\/sha256\/Sha256Js\.js$/, 'export const Sha256Js = undefined;'],
  // Tells browsers apart.
  [/\/node_modules\/bowser\/bowser\.mjs$/, 'export default undefined;'],
  // Keeps Lambda functions from calling themselves for ever; an extension is none.
  [
    /\/middleware-recursion-detection\/recursionDetectionMiddleware\.js$/,
    'export const recursionDetectionMiddleware = () => (next) => (args) => next(args);',
  ],
];

/**
 * The clients that the sign-in imports at run time, which hands over whole modules: each is narrowed to the
 * names that the sign-in then takes out of it. Its own cut of STS is contained in the client that we have anyway.
 */
const NARROWED = {
  sts: ['@aws-sdk/client-sts', ['getDefaultRoleAssumer', 'getDefaultRoleAssumerWithWebIdentity']],
  signin: ['@aws-sdk/nested-clients/signin', ['SigninClient', 'CreateOAuth2TokenCommand']],
  'sso-oidc': ['@aws-sdk/nested-clients/sso-oidc', ['SSOOIDCClient', 'CreateTokenCommand']],
};

/** Shrinks manifests to their version, and replaces what is never reached. */
export const leanSdk = {
  name: 'lean-sdk',
  setup(build) {
    build.onLoad({ filter: MANIFEST }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    build.onResolve({ filter: /^@aws-sdk\/nested-clients\/[\w-]+$/ }, ({ path, kind, resolveDir }) => {
      const client = path.slice(path.lastIndexOf('/') + 1);
      if (kind !== 'dynamic-import' || !(client in NARROWED)) return undefined;
      return { path: client, namespace: 'narrowed', pluginData: resolveDir };
    });
    build.onLoad({ filter: /./, namespace: 'narrowed' }, ({ path, pluginData }) => {
      const [from, names] = NARROWED[path];
      return { contents: `export { ${names.join(', ')} } from '${from}';`, resolveDir: pluginData };
    });
    for (const [filter, contents] of REPLACED) {
      build.onLoad({ filter }, ({ path }) => ({ contents, resolveDir: dirname(path) }));
    }
  },
};
