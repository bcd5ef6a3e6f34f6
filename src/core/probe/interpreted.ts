import { shellQuote } from '../base/quoting.ts';

/**
 * A POSIX shell script that runs a program in python3, or in perl where that is missing, for so many seconds at most.
 * It ends with its caller, whose end closes descriptor 3 (unless the line was cut, when nothing tells it); where there is neither interpreter it prints nothing.
 */
export function interpreted(
  { python, perl }: { readonly python: string; readonly perl: string },
  seconds: number,
): string {
  return `
have() { command -v "$1" >/dev/null 2>&1; }
if have python3 && python3 -c 'import socket, struct' 2>/dev/null; then timeout ${seconds} python3 -c ${shellQuote(python)} & pid=$!
elif have perl; then timeout ${seconds} perl -e ${shellQuote(perl)} & pid=$!
else exit; fi
timeout ${seconds} cat <&3 >/dev/null
sleep 0.3 2>/dev/null || sleep 1
kill $pid 2>/dev/null
wait
`;
}
