import type { Pacer } from '../../../../src/core/aws/pacer.ts';

/** Lets every call pass: a suite sends more of them than an account may. */
export const UNPACED: Pacer = { turn: () => Promise.resolve(), refused: () => undefined };
