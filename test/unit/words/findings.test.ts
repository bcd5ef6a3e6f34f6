import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { FindingCode, FindingData } from '../../../src/core/diagnose/finding.ts';
import type { FailureReason } from '../../../src/core/probe/proof.ts';
import { findingWords } from '../../../src/words/findingText.ts';
import { reasonSentence } from '../../../src/words/verdictText.ts';

const bundle = join(import.meta.dirname, '../../../l10n/bundle.l10n.ja.json');
const [address, publicIp, elsewhere] = ['10.0.0.9', '198.51.100.9', '10.0.0.8'];
const group = { groupIds: ['sg-1', 'sg-2'], port: 587, peer: '203.0.113.7' };
const acl = {
  networkAclId: 'acl-1',
  subnetId: 'subnet-1',
  rule: '*',
  ports: '1024-65535',
  peer: '0.0.0.0/0',
};
const route = { routeTableId: 'rtb-1', destination: '0.0.0.0/0', target: 'nat-1' };
const nic = 'ens5';

/** Examples of each finding; several where the sentence depends on what is known. */
const examples: { readonly [C in FindingCode]: readonly FindingData[C][] } = {
  notAssociated: [{ address }, { address, publicIp }],
  associatedElsewhere: [{ address, publicIp, elsewhere }],
  gatewayMissing: [{ vpcId: 'vpc-1' }],
  gatewayDetached: [{ vpcId: 'vpc-1', gatewayId: 'igw-1' }],
  routeMissing: [{ routeTableId: 'rtb-1', subnetId: 'subnet-1', destination: '0.0.0.0/0' }],
  routeBlackhole: [route],
  routeElsewhere: [route],
  securityGroupInbound: [group],
  securityGroupOutbound: [group],
  networkAclInbound: [acl],
  networkAclOutbound: [acl],
  eniNotAttached: [{ eniId: 'eni-1' }],
  instanceNotRunning: [
    { instanceId: 'i-1', state: 'stopped' },
    { instanceId: 'i-1', state: 'stopping' },
  ],
  addressNotInOs: [{ address, nic }],
  addressNotOnDisk: [{ address, nic }],
  addressOnDiskOnly: [{ address, nic }],
  hostFirewall: [{ address, port: 587 }],
  sourceRuleMissing: [{ address, nic, leavesBy: 'ens6' }],
  rpFilter: [{ address, nic }],
  nothingListens: [{ address, port: 587 }],
  listensElsewhere: [{ address, port: 587, others: ['127.0.0.1', elsewhere] }],
  vantageOffline: [{ vantage: '' }, { vantage: 'door' }],
  vantageBlocked: [
    { vantage: '', publicIp, port: 587 },
    { vantage: 'door', publicIp, port: 587 },
  ],
  port25Blocked: [{ address }],
  dnsSilent: [{ name: 'mail.example.com' }],
  ptrMissing: [{ publicIp }],
  ptrPending: [{ publicIp, name: 'mail.example.com' }],
  nameElsewhere: [
    { name: 'mail.example.com', publicIp, addresses: [] },
    { name: 'mail.example.com', publicIp, addresses: [elsewhere] },
  ],
  heloDiffers: [{ address, helo: 'mail.example.com', ptr: ['other.example.com'] }],
};

/** What is shown as evidence beside the sentence rather than in it, or decides which sentence it is. */
const notSaid = new Set(['0.0.0.0/0', 'subnet-1', '']);

const reasons: { readonly [C in FailureReason['code']]: Extract<FailureReason, { code: C }> } = {
  timeout: { code: 'timeout', host: publicIp, port: 587 },
  refused: { code: 'refused', host: publicIp, port: 587 },
  wrongAddress: { code: 'wrongAddress', expected: publicIp, actual: '198.51.100.8' },
  wrongAnswer: { code: 'wrongAnswer', answer: '<html>' },
  addressNotInOs: { code: 'addressNotInOs', address },
  portTaken: { code: 'portTaken', address, port: 587 },
  noEip: { code: 'noEip', address },
  notListening: { code: 'notListening', address, ports: [587] },
  noTool: { code: 'noTool', tried: ['python3', 'perl'] },
  echoUnreachable: { code: 'echoUnreachable', url: 'https://echo.example/' },
  guestLost: { code: 'guestLost', host: publicIp },
  guestUnreachable: { code: 'guestUnreachable', host: publicIp },
  vantageOffline: { code: 'vantageOffline', vantage: 'door' },
  error: { code: 'error', message: 'odd' },
  cancelled: { code: 'cancelled' },
};

function facts(data: unknown): readonly string[] {
  if (typeof data === 'object' && data !== null) return Object.values(data).flatMap(facts);
  return [String(data)];
}

describe('what is at fault is worded for a person', () => {
  // VS Code's language of the extension is a setting of the whole process.
  after(() => {
    l10n.config({ contents: {} });
  });

  for (const [language, contents, sentence] of [
    ['English', {}, /^[^\u3040-\u30ff]*\.$/],
    ['Japanese', JSON.parse(readFileSync(bundle, 'utf8')) as Record<string, string>, /[\u3040-\u30ff].*。$/],
  ] as const) {
    describe(`in ${language}`, () => {
      before(() => {
        l10n.config({ contents });
      });

      const assertSentence = (text: string) => {
        assert.doesNotMatch(text, /undefined|null|\{\d\}|\[object/);
        assert.doesNotMatch(text, /[\u3040-\u30ff\u4e00-\u9fff] [\u3040-\u30ff\u4e00-\u9fff]/);
        // What ends in somebody else's words has no stop of its own.
        const whole = /odd$|<html>.$|perl$/.test(text) ? text + (language === 'English' ? '.' : '。') : text;
        assert.match(whole, sentence);
      };

      for (const [code, all] of Object.entries(examples)) {
        it(`${code}, with what to do`, () => {
          for (const data of all) {
            const { fault, advice } = findingWords({ code, data } as Parameters<typeof findingWords>[0]);
            assertSentence(fault);
            assertSentence(advice);
            for (const fact of facts(data).filter((one) => !notSaid.has(one)))
              assert.ok(`${fault} ${advice}`.includes(fact), `“${fault} ${advice}” does not say ${fact}`);
          }
        });
      }

      for (const [code, reason] of Object.entries(reasons)) {
        it(`the verdict ${code}`, () => {
          assertSentence(reasonSentence(reason));
        });
      }
    });
  }
});
