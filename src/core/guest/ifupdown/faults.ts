/** Why ifupdown refuses a file, or would read it as something that nobody meant. */
export type FaultReason =
  | 'misplacedOption'
  | 'emptyOption'
  | 'missingInterface'
  | 'unknownFamily'
  | 'unknownMethod'
  | 'missingInherits'
  | 'unknownInherits'
  | 'duplicateScript'
  | 'byteOrderMark'
  | 'noBreakSpace'
  | 'brokenContinuation'
  | 'carriageReturns';

/** A place in a file that ifupdown refuses: all after it is not read. */
export interface Fault {
  /** Counts from 1, as ifupdown does. */
  readonly line: number;
  readonly text: string;
  readonly reason: FaultReason;
}

/** What a misplaced option really is, where it is one of the mistakes that cannot be seen in an editor. */
export function diagnose(statement: string, previousRaw: string): FaultReason {
  if (statement.startsWith('\u00ef\u00bb\u00bf')) return 'byteOrderMark';
  if (statement.includes(' ')) return 'noBreakSpace';
  if (/\\[ \t\r]+\n?$/.test(previousRaw)) return 'brokenContinuation';
  return 'misplacedOption';
}
