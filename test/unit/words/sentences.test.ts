import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { CoreError } from '../../../src/core/base/errors.ts';
import type { ErrorCode } from '../../../src/core/base/errors.ts';
import type { ErrorData } from '../../../src/core/errorCatalogue.ts';
import { errorSentence } from '../../../src/words/errorSentence.ts';
import { errorText } from '../../../src/words/errorText.ts';

/** One example of each error, with facts that can be told apart in the sentence. */
const examples: { readonly [C in ErrorCode]: ErrorData[C] } = {
  'address.invalid': { value: '1.2.3' },
  'cidr.invalid': { value: '1.2.3.4/x' },
  'cidr.hostBits': { value: '10.0.0.1/24', canonical: '10.0.0.0/24' },
  'cidr.size': { value: '10.0.0.0/8', prefixLength: 8 },
  'cidr.outsideVpc': { subnet: '10.1.0.0/24', vpc: '10.0.0.0/24' },
  'cidr.overlaps': { subnet: '10.0.0.0/24', other: '10.0.0.0/25' },
  'address.outsideSubnet': { address: '10.0.1.4', subnet: '10.0.0.0/24' },
  'address.reserved': { address: '10.0.0.1', subnet: '10.0.0.0/24' },
  'address.taken': { address: '10.0.0.9', by: 'eni-9' },
  'address.twice': { address: '10.0.0.9' },
  'aws.noCredentials': { profile: 'mail' },
  'aws.ssoEnded': { profile: 'work' },
  'aws.ssoDenied': { profile: 'work' },
  'aws.notSso': { profile: 'work' },
  'aws.signInFailed': { profile: 'work', reason: 'ENOTFOUND' },
  'aws.processFailed': { profile: 'work', path: '/home/me/.aws/config', line: 3 },
  'aws.tokenFileMissing': { path: '/run/token' },
  'aws.variableMissing': { missing: 'AWS_SECRET_ACCESS_KEY' },
  'aws.clockWrong': { minutes: 12 },
  'aws.credentialsExpired': { profile: 'mail' },
  'aws.credentialsRefused': { profile: 'mail', awsCode: 'AuthFailure' },
  'aws.credentialsTimeout': { profile: 'mail', seconds: 30 },
  'aws.profileIncomplete': { profile: 'mail', missing: 'sso_region', path: '/c', line: 7 },
  'aws.profileLoop': { profiles: ['mail', 'web', 'mail'], path: '/c', line: 7 },
  'aws.otherAccount': { shown: '123456789012', actual: '210987654321' },
  'aws.unknownProfile': { profile: 'mail' },
  'aws.noRegion': { profile: 'mail' },
  'aws.unreachable': { endpoint: 'http://127.0.0.1:1', reason: 'ECONNREFUSED' },
  'aws.denied': { action: 'ec2:CreateVpc' },
  'aws.throttled': { action: 'ec2:CreateVpc' },
  'aws.refused': { action: 'ec2:CreateVpc', awsCode: 'Odd', awsMessage: 'Something odd' },
  'guest.unsupportedManager': { interface: 'eth0', manager: 'netplan' },
  'guest.agentConfigures': { interface: 'eth0', agent: 'nm-cloud-setup', addresses: ['192.168.1.101'] },
  'guest.noInterface': { mac: '02:00:00:00:00:01' },
  'guest.fileInvalid': { path: '/etc/network/interfaces', line: 3, text: 'ifcae', reason: 'misplacedOption' },
  'guest.mapped': {
    ...{ path: '/etc/network/interfaces', line: 3, pattern: 'eth*', name: 'eth0:1', interface: 'eth0' },
  },
  'guest.fileChanged': { path: '/etc/hosts' },
  'guest.fileNotWritable': { path: '/etc/hosts', reason: 'EROFS' },
  'guest.isBridge': { interface: 'br0' },
  'guest.ownFileForeign': { path: '/etc/netplan/60-ec2-multi-ip.yaml' },
  'guest.candidateRefused': { path: '/etc/hosts', output: 'unknown method' },
  'guest.addressNotUp': { address: '10.0.0.9', interface: 'eth0', output: 'RTNETLINK' },
  'guest.addressNotDown': { address: '10.0.0.9', interface: 'eth0', output: 'RTNETLINK' },
  'guest.ruleMissing': { address: '10.0.0.9', interface: 'eth1', output: 'RTNETLINK' },
  'guest.sharedUnit': { unit: '/etc/systemd/network/80.network', interfaces: ['eth0', 'eth1'] },
  'guest.noDirectory': { path: '/etc/network/interfaces', interface: 'eth1' },
  'guest.reverted': { host: '198.51.100.1', reason: 'ssh.noAnswer' },
  'guest.takenBack': { host: '198.51.100.1', reason: 'ssh.noAnswer' },
  'guest.arrivedElsewhere': { publicIp: '198.51.100.2', expected: '10.0.0.9', actual: '10.0.0.8' },
  'guest.revertedByUser': { host: '198.51.100.1' },
  'guest.busy': { transaction: 'p-1-guest' },
  'guest.recovered': { transaction: 'p-1-guest' },
  'guest.notArmed': {},
  'guest.nothingToRevert': { host: '198.51.100.1' },
  'plan.tooManyAddresses': { instanceType: 't3.micro', wanted: 3, maximum: 2, smallest: 't3.small' },
  'plan.unknownInstanceType': { instanceType: 't9.huge' },
  'plan.notFound': { what: 'network interface', id: 'eni-9' },
  'plan.changedMeanwhile': { what: 'network interface', id: 'eni-9' },
  'plan.cancelled': { done: 4, total: 14 },
  'plan.countMismatch': { addresses: 3, eips: 2 },
  'plan.tooFewFreeAddresses': { subnet: '10.0.0.0/28', wanted: 20, free: 11 },
  'plan.eipQuota': { quota: 5, inUse: 4, wanted: 2 },
  'plan.nameTaken': { what: 'key pair', name: 'mail' },
  'plan.badValue': { field: 'instance.instanceType', value: 'x' },
  'plan.alreadyPaired': { address: '10.0.0.9', publicIp: '198.51.100.1' },
  'plan.foreign': { what: 'stack', id: 'plan-1', things: ['i-1', 'i-2'] },
  'plan.noGateway': { vpcId: 'vpc-1' },
  'plan.notPublic': { what: 'subnet', id: 'subnet-1', target: 'nat-1' },
  'plan.primaryAddress': { address: '10.0.0.9' },
  'plan.reverseDnsRefused': {
    publicIp: '198.51.100.1',
    domainName: 'mail.example.com',
    reason: 'no A record',
  },
  'plan.inUse': { what: 'Elastic IP', id: '198.51.100.1' },
  'plan.tooManyEnis': { instanceType: 't3.micro', maximum: 2 },
  'plan.otherZone': { zone: 'us-east-1a', other: 'us-east-1b' },
  'plan.managed': { what: 'network interface', id: 'eni-9', by: 'amazon-elb' },
  'plan.notAsPlanned': { change: 'pair-1' },
  'plan.wrongState': {
    what: 'instance',
    id: 'i-9',
    state: 'stopped',
    wanted: 'running',
    reason: 'Server.InternalError: Oh.',
  },
  'plan.tooSlow': { what: 'instance', id: 'i-9', state: 'stopping', minutes: 15 },
  'plan.locked': { process: 4711 },
  'plan.otherAccount': { planned: '123456789012', actual: '210987654321' },
  'plan.notPermitted': { actions: ['ec2:CreateTags', 'ec2:CreateVpc'] },
  'plan.journalNewer': { path: '/j' },
  'plan.journalDamaged': { path: '/j', line: 7 },
  'plan.journalTorn': { path: '/j' },
  'probe.port': { port: '70000' },
  'probe.noPorts': {},
  'probe.dnsServer': { server: 'x' },
  'probe.heloName': { name: 'mail 2' },
  'probe.echoUrl': { url: 'ftp://x' },
  'ssh.keyMissing': { path: '/k' },
  'ssh.keyUnreadable': { path: '/k', reason: 'EACCES' },
  'ssh.keyUnwritable': { path: '/k', reason: 'EACCES' },
  'ssh.keyEncrypted': { path: '/k' },
  'ssh.keyWrongPassphrase': { path: '/k' },
  'ssh.keyInvalid': { path: '/k' },
  'ssh.hostKeyChanged': { host: '198.51.100.1', expected: 'SHA256:a', actual: 'SHA256:b', knownAt: '/f:3' },
  'ssh.hostKeyRejected': { host: '198.51.100.1', fingerprint: 'SHA256:a' },
  'ssh.hostKeyRevoked': { host: '198.51.100.1', fingerprint: 'SHA256:a', knownAt: '/f:3' },
  'ssh.hostAuthorityRevoked': { host: '198.51.100.1', fingerprint: 'SHA256:a', knownAt: '/f:3' },
  'ssh.hostKeyNotPrinted': { host: '198.51.100.1', actual: 'SHA256:a', printed: ['SHA256:b', 'SHA256:c'] },
  'ssh.securityKey': { host: '198.51.100.10', user: 'admin', key: '/home/u/.ssh/id_ed25519_sk' },
  'ssh.tooManyKeys': { host: '198.51.100.1', user: 'admin', tried: 3 },
  'ssh.jumpFailed': { bastion: 'door', host: '198.51.100.1', port: 22, reason: 'Connection refused' },
  'aws.mfaRefused': { profile: 'lab' },
  'aws.configInvalid': { path: '/c', line: 7, text: 'region', others: 2 },
  'aws.configUnreadable': { path: '/c', reason: 'EACCES' },
  'ssh.proxyCommand': { host: '198.51.100.1' },
  'ssh.configInvalid': { path: '/c', line: 7, text: 'Port' },
  'ssh.noAnswer': { host: '198.51.100.1', port: 22, seconds: 15 },
  'ssh.refused': { host: '198.51.100.1', port: 22 },
  'ssh.loginRefused': { host: '198.51.100.1', user: 'admin' },
  'ssh.protocol': { host: '198.51.100.1', port: 22, reason: 'no banner' },
  'ssh.unknownHost': { host: 'nowhere.example' },
  'ssh.connectionLost': { host: '198.51.100.1' },
  'ssh.commandFailed': { operation: 'read the files', exitCode: 2, stderr: 'no such file\n' },
  'ssh.sudoNeedsPassword': { host: '198.51.100.1', user: 'admin' },
  'ssh.sudoWrongPassword': { host: '198.51.100.1', user: 'admin' },
  'ssh.sudoRefused': { host: '198.51.100.1', user: 'admin', reason: 'not in sudoers' },
};

/** Facts that a sentence words instead of repeating. */
const worded = new Set(['misplacedOption', 'instance.instanceType', 'default']);

/** What they are called in the language of the reader. */
const things = new Set(['network interface', 'key pair', 'stack', 'subnet', 'instance', 'security group']);

function facts(data: unknown): readonly string[] {
  if (typeof data === 'object' && data !== null) return Object.values(data).flatMap(facts);
  return [String(data).trim()];
}

describe('the sentence of each expected error', () => {
  for (const code of Object.keys(examples) as ErrorCode[]) {
    it(`${code} says all of its facts, and nothing unfilled`, () => {
      const sentence = errorSentence(new CoreError(code, examples[code]));
      assert.doesNotMatch(sentence, /\{\d\}|undefined|null|\[object/);
      const ownWord = facts(examples[code]).some((fact) => sentence.startsWith(fact));
      assert.ok(ownWord || /^[^a-z]/.test(sentence), `does not begin like a sentence: ${sentence}`);
      for (const fact of facts(examples[code])) {
        if (!worded.has(fact)) assert.ok(sentence.includes(fact), `“${sentence}” does not say ${fact}`);
      }
    });
  }

  it('says them in Japanese too, with no gap where a word of ours stands among others', () => {
    const bundle = join(import.meta.dirname, '../../../l10n/bundle.l10n.ja.json');
    l10n.config({ contents: JSON.parse(readFileSync(bundle, 'utf8')) as Record<string, string> });
    try {
      for (const code of Object.keys(examples) as ErrorCode[]) {
        const sentence = errorSentence(new CoreError(code, examples[code]));
        assert.match(sentence, /[\u3040-\u30ff]/, code);
        assert.doesNotMatch(sentence, /[\u3040-\u30ff\u4e00-\u9fff] [\u3040-\u30ff\u4e00-\u9fff]/, code);
        for (const fact of facts(examples[code])) {
          const isSaid = sentence.includes(fact.replace(/\.$/, '')) || worded.has(fact) || things.has(fact);
          assert.ok(isSaid, `“${sentence}” does not say ${fact}`);
        }
      }
    } finally {
      l10n.config({ contents: {} });
    }
  });

  it('words EC2’s own codes where there is something to do, else repeats EC2', () => {
    const refused = (awsCode: string) =>
      errorText(new CoreError('aws.refused', { action: 'ec2:X', awsCode, awsMessage: 'Their sentence.' }));
    assert.match(refused('AddressLimitExceeded'), /quota/);
    assert.match(refused('SomethingNew'), /Their sentence\. \(SomethingNew\)/);
  });
});
