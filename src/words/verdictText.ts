import * as l10n from '@vscode/l10n';
import type { Evidence, FailureReason, Verdict } from '../core/probe/proof.ts';

type Reasons = {
  readonly [C in FailureReason['code']]: (reason: Extract<FailureReason, { code: C }>) => string;
};

const reasons: Reasons = {
  timeout: ({ host, port }) =>
    l10n.t(
      'No answer from {0} port {1}: look at the security group, the route, the pairing and whether the OS has the address.',
      host,
      port,
    ),
  refused: ({ host, port }) =>
    l10n.t('{0} refuses port {1}: the way is open, but nothing listens there.', host, port),
  wrongAddress: ({ expected, actual }) =>
    l10n.t('Seen as {1} instead of {0}: the traffic takes another address.', expected, actual),
  wrongAnswer: ({ answer }) => l10n.t('Something else answered: “{0}”.', answer),
  addressNotInOs: ({ address }) => l10n.t('The OS does not have {0}. Configure the guest OS first.', address),
  portTaken: ({ address, port }) =>
    l10n.t('Port {1} of {0} is in use on the guest. Choose another port to prove.', address, port),
  noEip: ({ address }) => l10n.t('{0} has no Elastic IP. Pair it with one first.', address),
  notListening: ({ address, ports }) =>
    l10n.t(
      'Nothing on the guest takes connections to {0} at port {1}, and a host that only sends mail needs nothing there: so it was not tried. To try it all the same, add the port to ec2MultiIp.probe.ports and test again.',
      address,
      ports.join(', '),
    ),
  noTool: ({ tried }) => l10n.t('The guest has none of these to prove it with: {0}.', tried.join(', ')),
  echoUnreachable: ({ url }) => l10n.t('{0} cannot be reached, so nothing can be said.', url),
  guestLost: ({ host }) =>
    l10n.t('The connection to {0} was lost before the test ended, so nothing can be said.', host),
  vantageOffline: ({ vantage }) =>
    vantage === ''
      ? l10n.t('This machine reaches nothing at all, so nothing can be said of the pair. Check its network.')
      : l10n.t('{0} reaches nothing at all, so nothing can be said of the pair. Check its network.', vantage),
  guestUnreachable: ({ host }) => l10n.t('Nobody could log in to the guest through {0}.', host),
  error: ({ message }) => l10n.t('It could not be tested: {0}', message),
  cancelled: () => l10n.t('Cancelled.'),
};

/** Says why a proof failed or could not be made. */
export function reasonSentence(reason: FailureReason): string {
  const sentence = reasons[reason.code] as (reason: FailureReason) => string;
  return sentence(reason);
}

/** Says what a passed proof saw. */
export function evidenceSentence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'token':
      return l10n.t('A random token came through port {0} to {1}.', evidence.port, evidence.localAddress);
    case 'service':
      return l10n.t(
        'The service on port {0} took a connection at {1}.',
        evidence.port,
        evidence.localAddress,
      );
    case 'ssh':
      return l10n.t('An SSH connection arrived at {0}.', evidence.localAddress);
    case 'echo':
      return l10n.t('The outside sees {0}.', evidence.seenAs);
  }
}

/** Whether a direction was left out on purpose: that is no fault. */
export function wasLeftOut(verdict: Verdict): boolean {
  return verdict.state === 'unproven' && verdict.reason.code === 'notListening';
}

/** One word for how a direction came out. */
export function verdictWord(verdict: Verdict): string {
  switch (verdict.state) {
    case 'pending':
      return l10n.t('Waiting');
    case 'running':
      return l10n.t('Testing…');
    case 'passed':
      return l10n.t('Works');
    case 'failed':
      return l10n.t('Fails');
    case 'unproven':
      return wasLeftOut(verdict) ? l10n.t('Not tried') : l10n.t('Unproven');
  }
}

/** The sentence that explains a verdict, or nothing while it is still being made. */
export function verdictSentence(verdict: Verdict): string | undefined {
  if (verdict.state === 'passed') return evidenceSentence(verdict.evidence);
  return 'reason' in verdict ? reasonSentence(verdict.reason) : undefined;
}
