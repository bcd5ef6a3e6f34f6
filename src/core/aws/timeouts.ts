/** How long one attempt of a call may take to connect, and then to be answered. */
export interface Timeouts {
  readonly connectMilliseconds: number;
  readonly answerMilliseconds: number;
}

const DEFAULT: Timeouts = { connectMilliseconds: 5_000, answerMilliseconds: 20_000 };

/** The same as the SDK's request handler takes it. */
export function handlerOptions(timeouts = DEFAULT): object {
  return {
    connectionTimeout: timeouts.connectMilliseconds,
    requestTimeout: timeouts.answerMilliseconds,
    socketTimeout: timeouts.answerMilliseconds,
    // Alone, requestTimeout only warns.
    throwOnRequestTimeout: true,
  };
}
