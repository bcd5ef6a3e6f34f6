// The esbuild plugin that leaves out of ssh2's bundle what a client that only runs commands never reaches.

import { readFile } from 'node:fs/promises';

/** Parts that the client names when it is loaded, and uses only where a caller asks for them. We never do. */
const UNUSED = /\/ssh2\/lib\/(protocol\/SFTP|server|keygen|http-agents)\.js$/;

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

/** Plain packets alone: compressed ones, which `door.ts` never offers, would reach into Node's own zlib. */
function withoutCompression(source) {
  const between = (start, end) => {
    const [from, to] = [source.indexOf(start), source.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`ssh2's zlib.js has no longer ${start} before ${end}.`);
    return source.slice(from, to);
  };
  return `${between('class PacketWriter', 'class ZlibPacketReader')}
${between('class PacketReader', 'module.exports')}
module.exports = { PacketReader, PacketWriter, ZlibPacketReader: PacketReader, ZlibPacketWriter: PacketWriter };`;
}

/** Replaces unused parts of ssh2 by nothing, and tweetnacl by Node's own hash. */
export const leanSsh = {
  name: 'lean-ssh',
  setup(build) {
    build.onLoad({ filter: UNUSED }, () => ({ contents: 'module.exports = { SFTP: class {} };' }));
    build.onLoad({ filter: /\/ssh2\/lib\/protocol\/crypto\/poly1305\.js$/ }, () => ({ contents: POLY1305 }));
    build.onLoad({ filter: /\/ssh2\/lib\/protocol\/zlib\.js$/ }, async ({ path }) => ({
      contents: withoutCompression(await readFile(path, 'utf8')),
    }));
    build.onLoad({ filter: /\/tweetnacl\/[\w-]+\.js$/ }, () => ({ contents: SHA512 }));
  },
};
