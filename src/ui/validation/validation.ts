import type { Ec2 } from '../../core/aws/ec2.ts';
import { readNetworkAcls } from '../../core/aws/networkAcls.ts';
import { isExpected } from '../../core/base/errors.ts';
import type { ErrorCode } from '../../core/base/errors.ts';
import type { Examined, ExamineOptions } from '../../core/diagnose/examine.ts';
import type { CloudFacts } from '../../core/diagnose/facts.ts';
import type { RunRow, ValidationRun } from '../../core/diagnose/run.ts';
import type { InventoryIndex } from '../../core/model/inventoryIndex.ts';
import type { Eni, PrivateAddress } from '../../core/model/network.ts';
import type { PairProof, PairUnderTest } from '../../core/probe/proof.ts';
import type { InboundMethod } from '../../core/probe/prove.ts';
import type { Vantage } from '../../core/probe/vantage.ts';
import type { GuestShell } from '../../core/ssh/shell.ts';
import type { Diagnosis } from '../diagnose/door.ts';
import type { GuestAccess } from '../guest/access.ts';
import { eniTitle, instanceOf } from '../tree/labels.ts';
import type { LastEip } from './history.ts';

/** How addresses that send mail are looked at. */
export interface MailSettings {
  /** A mail server whose port 25 is connected to. */
  readonly host: string;
  readonly dnsServers: readonly string[];
  readonly heloNames: Readonly<Record<string, string>>;
}

/** What proving pairs needs. */
export interface ValidationOptions {
  readonly ec2: Ec2;
  readonly access: GuestAccess;
  readonly diagnosis: Diagnosis;
  readonly ports: readonly number[];
  readonly whereListening?: boolean;
  readonly method: ValidationRun['method'];
  readonly echoUrl: string;
  /** The host to test from; empty for this machine. */
  readonly vantage: string;
  /** How addresses that send mail are looked at; absent where none is. */
  readonly mail: MailSettings | undefined;
  readonly signal: AbortSignal;
  readonly onProof: (proof: PairProof) => void;
  /** Told once for all pairs of an instance, when it is clear what is at fault. */
  readonly onExamined: (examined: readonly Examined[]) => void;
}

function underTest(eni: Eni, { address, association }: PrivateAddress, last: LastEip): PairUnderTest {
  const publicIp = association?.publicIp ?? last(eni.id, address);
  return {
    networkInterfaceId: eni.id,
    privateAddress: address,
    ...(publicIp === undefined ? {} : { publicIp }),
  };
}

/** The rows of some ENIs, before anything is tested. */
export function rowsOf(enis: readonly Eni[], last: LastEip): readonly RunRow[] {
  return enis.flatMap((eni) =>
    eni.addresses.map((address) => ({
      pair: underTest(eni, address, last),
      eni: eniTitle(eni),
      primary: address.primary,
    })),
  );
}

/** Proves all pairs of some ENIs and says what is at fault; one instance after another, so that a person is asked one thing at a time. */
export async function validate(
  index: InventoryIndex,
  enis: readonly Eni[],
  rows: readonly RunRow[],
  options: ValidationOptions,
): Promise<void> {
  const { ec2, signal, access, vantage } = options;
  const vpcIds = enis.map(({ vpcId }) => vpcId);
  const networkAcls = await readNetworkAcls(ec2, vpcIds, { signal });
  const groups = new Map<string, Eni[]>();
  for (const eni of enis) {
    const id = eni.attachment?.instanceId ?? eni.id;
    groups.set(id, [...(groups.get(id) ?? []), eni]);
  }
  const other = vantage === '' ? undefined : await access.shellTo(vantage)(signal);
  try {
    for (const group of groups.values()) {
      await examineGroup({ index, networkAcls }, group, rows, other, options);
    }
  } finally {
    other?.close();
  }
}

async function examineGroup(
  cloud: CloudFacts,
  enis: readonly Eni[],
  rows: readonly RunRow[],
  other: GuestShell | undefined,
  options: ValidationOptions,
): Promise<void> {
  const { echoUrl, signal, onProof, vantage, ports, whereListening = false, diagnosis, mail } = options;
  const pairs = enis.flatMap((eni) =>
    rows.flatMap(({ pair }) => (pair.networkInterfaceId === eni.id ? [{ eni, pair }] : [])),
  );
  const guest = await guestOf(cloud.index, enis, options);
  try {
    const request: ExamineOptions = {
      ...{ pairs, cloud, echoUrl, signal, onProof, whereListening },
      host: guest?.shell.host ?? pairs[0]?.pair.publicIp ?? '',
      inbound: guest?.inbound ?? { kind: 'listener', ports },
      ...(guest !== undefined && { shell: guest.shell }),
      ...(other !== undefined && { vantage: await vantageOn(other, vantage), echoHost: other }),
      ...(mail !== undefined && (await mailOptions(mail, options))),
    };
    options.onExamined(await diagnosis.examine(request));
  } finally {
    guest?.shell.close();
  }
}

async function mailOptions(
  { host, dnsServers: servers, heloNames }: MailSettings,
  { ec2, signal, diagnosis }: ValidationOptions,
): Promise<Pick<ExamineOptions, 'mailHost' | 'mailNames'>> {
  const records = await diagnosis.readReverseDnsStates(ec2, { signal });
  return { mailHost: host, mailNames: { servers, heloNames, records } };
}

/** How it looks when nobody gets in: that is one more thing to diagnose. */
const unreachable = new Set<ErrorCode>([
  'ssh.noAnswer',
  'ssh.refused',
  'ssh.connectionLost',
  'plan.notFound',
]);

interface Guest {
  readonly shell: GuestShell;
  readonly inbound: InboundMethod;
}

async function guestOf(
  index: InventoryIndex,
  [eni]: readonly Eni[],
  { access, signal, method, ports }: ValidationOptions,
): Promise<Guest | undefined> {
  if (eni === undefined || instanceOf(index, eni)?.state !== 'running') return undefined;
  try {
    const { open, openThrough } = await access.connectionsTo(index, eni);
    const shell = await open(signal);
    const inbound: InboundMethod =
      method === 'ssh' ? { kind: 'ssh', openTo: openThrough } : { kind: method, ports };
    return { shell, inbound };
  } catch (error) {
    if (isExpected(error) && unreachable.has(error.code)) return undefined;
    throw error;
  }
}

/** Another host as the place to test from; what works over SSH there is loaded with the first such test. */
async function vantageOn(shell: GuestShell, name: string): Promise<Vantage> {
  const { sshVantage } = await import('../../core/probe/sshVantage.ts');
  return sshVantage(shell, name);
}
