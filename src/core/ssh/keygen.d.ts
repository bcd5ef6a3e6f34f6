// The types of ssh2 know this part of it only by another name.
declare module 'ssh2/lib/keygen.js' {
  import type { utils } from 'ssh2';

  const keygen: Pick<typeof utils, 'generateKeyPair'>;
  export = keygen;
}
