// The esbuild plugin that leaves out of ssh2's bundle what a client that only runs commands never reaches.
import { readFile } from 'node:fs/promises';

/** Parts that the client names when it is loaded, and uses only where a caller asks for them. We never do. */
const UNUSED = /\/ssh2\/lib\/(protocol\/SFTP|server|http-agents)\.js$/;

/**
 * Where bcrypt-pbkdf takes SHA-512 from. Node has it too; the pure JavaScript one comes with a whole library.
 * The hash goes into the caller's array, as tweetnacl's does.
 */
const SHA512 = `
const { createHash } = require('node:crypto');
exports.lowlevel = {
  crypto_hash: (out, message, length) => {
    out.set(createHash('sha512').update(message.subarray(0, length)).digest());
    return 0;
  },
};`;

/** The hash of ChaCha20-Poly1305, which `door.ts` never offers; ssh2 loads it with everything else. */
const POLY1305 = 'module.exports = async () => ({ _malloc: () => 0, cwrap: () => undefined });';

/** Of what compresses, the two classes that do not: `door.ts` never offers to. */
async function withoutCompression({ path }) {
  const text = await readFile(path, 'utf8');
  const plain = [...text.matchAll(/^class Packet(?:Reader|Writer) \{.*?^\}$/gms)].map(([it]) => it);
  if (plain.length !== 2) throw new Error(`${path} is not as it was`);
  return { contents: `${plain.join('\n')}\nmodule.exports = { PacketReader, PacketWriter };` };
}

/** Replaces unused parts of ssh2 by nothing, and tweetnacl by Node's own hash. */
export const leanSsh = {
  name: 'lean-ssh',
  setup(build) {
    // The client names what makes keys, and only `newKey.ts` uses it.
    build.onResolve({ filter: /^\.\/keygen\.js$/ }, ({ importer }) =>
      /\/ssh2\/lib\/index\.js$/.test(importer) ? { path: 'keygen', namespace: 'unused' } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
    build.onLoad({ filter: UNUSED }, () => ({ contents: 'module.exports = { SFTP: class {} };' }));
    build.onLoad({ filter: /\/ssh2\/lib\/protocol\/crypto\/poly1305\.js$/ }, () => ({ contents: POLY1305 }));
    build.onLoad({ filter: /\/ssh2\/lib\/protocol\/zlib\.js$/ }, withoutCompression);
    build.onLoad({ filter: /\/tweetnacl\/[\w-]+\.js$/ }, () => ({ contents: SHA512 }));
  },
};
