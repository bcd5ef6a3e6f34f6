import type { Fault, Select } from '../../../lab/proxy/call.ts';
import { errorAnswer } from '../../../lab/proxy/call.ts';
import { fallSilent, resetConnection } from '../../../lab/proxy/faults/drop.ts';
import { hideNew } from '../../../lab/proxy/faults/hideNew.ts';
import { refuse } from '../../../lab/proxy/faults/refuse.ts';
import { repeatOld } from '../../../lab/proxy/faults/repeatOld.ts';
import { isMutating, onAction } from '../../../lab/proxy/select.ts';

/** One mutating call of a plan: the so-manieth of its action, from 1. */
export interface Point {
  readonly action: string;
  readonly nth: number;
}

/** Something that goes wrong at one call. */
export interface Mishap {
  readonly name: string;
  readonly at: (point: Point) => readonly Fault[];
  /** Whether the client must give up waiting, which takes its time. */
  readonly silent?: boolean;
  /** Whether what the plan learned by looking is to be taken back at every point, even of a finished run. */
  readonly looked?: boolean;
  /** Whether it concerns every describe and no one call, so that one run shows it. */
  readonly lags?: boolean;
}

/** Concerns the call, and so many after it of the same action. */
function from({ action, nth }: Point, calls = 1): Select {
  let seen = 0;
  const ofAction = onAction(action);
  return (call) => {
    if (!ofAction(call) || !isMutating(call)) return false;
    seen += 1;
    return seen >= nth && seen < nth + calls;
  };
}

const QUOTA: Readonly<Record<string, string>> = {
  CreateVpc: 'VpcLimitExceeded',
  CreateInternetGateway: 'InternetGatewayLimitExceeded',
  AuthorizeSecurityGroupIngress: 'RulesPerSecurityGroupLimitExceeded',
  CreateNetworkInterface: 'NetworkInterfaceLimitExceeded',
  AssignPrivateIpAddresses: 'PrivateIpAddressLimitExceeded',
  RunInstances: 'VcpuLimitExceeded',
  AllocateAddress: 'AddressLimitExceeded',
};

/** Has its effect, and EC2 says that something broke. */
function failAfter(select: Select): Fault {
  return async (call, forward) => {
    if (!select(call)) return forward();
    await forward();
    return errorAnswer(500, 'InternalError', 'An internal error has occurred.');
  };
}

/** All that is tried at each mutating call. */
export const MISHAPS: readonly Mishap[] = [
  {
    name: 'refused before its effect',
    at: (point) => [refuse(from(point), 'UnsupportedOperation', 'Not now.')],
  },
  { name: 'answer lost', looked: true, at: (point) => [resetConnection(from(point), 'after')] },
  { name: 'connection reset before its effect', at: (point) => [resetConnection(from(point), 'before')] },
  { name: 'timeout', silent: true, at: (point) => [fallSilent(from(point), 'after')] },
  { name: 'timeout before its effect', silent: true, at: (point) => [fallSilent(from(point), 'before')] },
  { name: 'internal error after its effect', at: (point) => [failAfter(from(point))] },
  {
    name: 'throttled in a burst',
    at: (point) => [refuse(from(point, 3), 'RequestLimitExceeded', 'Request limit exceeded.', 503)],
  },
  {
    name: 'over a quota',
    at: (point) => [refuse(from(point), QUOTA[point.action] ?? 'ResourceLimitExceeded', 'Too many.')],
  },
  {
    name: 'not permitted',
    at: (point) => [
      refuse(from(point), 'UnauthorizedOperation', 'You are not authorized to perform this operation.', 403),
    ],
  },
  {
    name: 'answer lost, and what is new does not show yet',
    looked: true,
    at: (point) => [hideNew(3), resetConnection(from(point), 'after')],
  },
  {
    name: 'answer lost, and describes still show what was',
    looked: true,
    at: (point) => [repeatOld(2), resetConnection(from(point), 'after')],
  },
  {
    name: 'what this call did does not show yet',
    at: (point) => [hideNew(3, from(point)), repeatOld(2, from(point))],
  },
  { name: 'what is new does not show yet', lags: true, at: () => [hideNew(3)] },
  { name: 'describes still show what was', lags: true, at: () => [repeatOld(2)] },
];
