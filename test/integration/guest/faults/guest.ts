import { runOrFail } from '../../../lab/process/run.ts';
import type { DiagnoseLab } from '../diagnoseLab.ts';
import type { Faults } from '../faults.ts';

const nothing = () => Promise.resolve();
const forget =
  'rm -f /etc/network/interfaces.d/60-ec2-multi-ip*; sed -i "/192.168.1.101/d" /etc/network/interfaces';
const takeDown = 'ip addr del 192.168.1.101/32 dev eth0';
/** The listeners of the test before end a moment after it has its answer; for ten seconds they are waited for. */
const untilFree = `left=100; while ss -Hltn 'sport = :80' | grep -q .; do
  left=$((left - 1)); [ $left -gt 0 ] || exit 1; sleep 0.1
done`;
const drops = `nft -f - <<'END'
table inet guard {
  set closed { type inet_service; elements = { 80, 8081 } }
  chain input {
    type filter hook input priority 0; policy accept;
    ct state established accept
    iifname "lo" accept
    jump strict
  }
  chain strict { ip daddr { 192.168.1.101, 192.168.1.150 } tcp dport @closed drop; }
}
END`;

/** Faults inside the guest. */
export function guestFaults({ guest }: DiagnoseLab) {
  const inGuest = (script: string) => () => guest.inGuest(script);
  /** A container may not set the kernel's parameters itself; on EC2 the guest's root can. */
  const withFilter = (script: string, strictness: number) => async () => {
    await guest.inGuest(script);
    const { pid } =
      (await guest.lab.guests()).find(({ instanceId }) => instanceId === guest.instanceId) ?? {};
    const set = `echo ${strictness} >/proc/sys/net/ipv4/conf/eth1/rp_filter`;
    await runOrFail(['nsenter', `--net=/proc/${pid ?? ''}/ns/net`, 'sh', '-c', set]);
  };
  const stopService = inGuest('kill $(cat /run/service.pid) 2>/dev/null; rm -f /run/service.pid; true');
  return {
    addressNotInOs: {
      inject: inGuest(`${takeDown}; ${forget}`),
      repair: nothing,
      expects: [[], ['addressNotInOs'], []],
    },
    addressNotOnDisk: {
      inject: inGuest(forget),
      repair: nothing,
      expects: [[], ['addressNotOnDisk'], []],
    },
    addressOnDiskOnly: {
      inject: inGuest(takeDown),
      repair: nothing,
      expects: [[], ['addressOnDiskOnly'], []],
    },
    hostFirewall: {
      inject: inGuest(drops),
      repair: inGuest('nft delete table inet guard'),
      expects: [[], ['hostFirewall'], ['hostFirewall']],
    },
    sourceRuleMissing: {
      inject: inGuest('ip rule del from 192.168.1.150 lookup 1001'),
      repair: inGuest('ip rule add from 192.168.1.150 lookup 1001'),
      expects: [[], [], ['sourceRuleMissing']],
    },
    rpFilter: {
      inject: withFilter(
        `ip rule del from 192.168.1.150 lookup 1001
        ip rule add fwmark 7 lookup 1001
        nft 'table ip marks { chain out { type route hook output priority -150; ip saddr 192.168.1.150 meta mark set 7; }; }'`,
        1,
      ),
      repair: withFilter(
        `nft delete table ip marks
        ip rule del fwmark 7 lookup 1001
        ip rule add from 192.168.1.150 lookup 1001`,
        0,
      ),
      expects: [[], [], ['rpFilter']],
    },
    nothingListens: {
      inject: inGuest(untilFree),
      repair: nothing,
      expects: [['nothingListens'], ['nothingListens'], ['nothingListens']],
      request: { method: 'service' },
    },
    listensElsewhere: {
      inject: inGuest(
        `${untilFree}
        setsid nc -lk 192.168.1.100 80 >/dev/null 2>&1 </dev/null & echo $! >/run/service.pid; sleep 0.5`,
      ),
      repair: stopService,
      expects: [[], ['listensElsewhere'], ['listensElsewhere']],
      request: { method: 'service' },
    },
  } satisfies Faults;
}
