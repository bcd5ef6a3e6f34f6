import { AuthorizeSecurityGroupEgressCommand, RevokeSecurityGroupEgressCommand } from '@aws-sdk/client-ec2';
import { run } from '../../../lab/process/run.ts';
import type { DiagnoseLab } from '../diagnoseLab.ts';
import type { Faults } from '../faults.ts';

const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/** Faults of where the test comes from, and AWS's block of mail. */
export function outsideFaults({ guest, ec2, pairs, vantage }: DiagnoseLab) {
  const { lab } = guest;
  const nft = (command: string) => async () => {
    const { code, stderr } = await run([...lab.enterOperator, 'nft', command]);
    if (code !== 0) throw new Error(stderr);
  };
  const egress = { GroupId: vantage.groupId, IpPermissions: [all] };
  return {
    vantageBlocked: {
      inject: nft(
        `table ip wall { chain out { type filter hook output priority 0; ip daddr ${pairs[1].publicIp} tcp dport 80 drop; }; }`,
      ),
      repair: nft('delete table ip wall'),
      expects: [[], ['vantageBlocked'], []],
    },
    vantageOffline: {
      inject: () => ec2.send(new RevokeSecurityGroupEgressCommand(egress)),
      repair: () => ec2.send(new AuthorizeSecurityGroupEgressCommand(egress)),
      expects: [['vantageOffline'], ['vantageOffline'], ['vantageOffline']],
      request: { via: vantage.publicIp },
    },
    port25Blocked: {
      inject: () => lab.setOutboundMail(false),
      repair: () => lab.setOutboundMail(true),
      expects: [['port25Blocked'], ['port25Blocked'], ['port25Blocked']],
      request: { mailHost: '203.0.113.1' },
    },
  } satisfies Faults;
}
