import { setTimeout as sleep } from 'node:timers/promises';
import type { LabGuest } from './labGuest.ts';

/**
 * Makes root's `sh` in the guest one that stops before the step that it is told.
 *
 * The scripts stay as they are: bash runs them and calls its DEBUG trap before each command, in subshells too. A
 * step is a command that changes something; a cut before any other is the same as one before the next of these.
 */
export async function installCuts(guest: LabGuest): Promise<void> {
  await guest.inGuest(`
cat > /usr/local/sbin/sh <<'EOF'
#!/bin/bash
[ -e /run/cut/at ] && exec env BASH_ENV=/root/cut.sh /bin/bash "$@"
exec /bin/sh "$@"
EOF
chmod 755 /usr/local/sbin/sh
cat > /root/cut.sh <<'EOF'
set -T
cut_here() {
  case $1 in
    mv\\ * | cp\\ * | rm\\ * | mkdir\\ * | 'sync "'* | 'ip link set'* | 'ip addr '[rd]* | 'ip -4 rule '[ad]* | 'ip -4 route '[rf]* | ifup\\ --no* | ifdown\\ --no*) ;;
    'netplan generate >'* | 'netplan generate' | 'networkctl reload'* | 'nmcli '*) ;;
    'systemd-run'* | 'systemctl stop'* | 'kill "'* | ': >'* | 'echo $$'*) ;;
    printf\\ *' > '*) ;;
    *) return ;;
  esac
  [ -e /run/cut/at ] || return
  local n; read -r n < /run/cut/count; n=$((n + 1)); echo $n > /run/cut/count
  echo "\${1//$'\\n'/ }" >> /run/cut/steps
  [ "$n" -eq "$(< /run/cut/at)" ] || return
  local how; read -r how < /run/cut/how
  rm /run/cut/at
  : > /run/cut/held
  if [ "$how" = hold ]; then sleep 1000; fi
  pkill -KILL -f 'sshd: admin'
  kill -KILL $$ $BASHPID
}
trap 'cut_here "$BASH_COMMAND"' DEBUG
EOF`);
}

/** One cut in a guest: before which step, and what happens there. */
export interface CutPoint {
  /** Chooses the step, from 1; 0 only counts. */
  arm(step: number, how?: 'connection' | 'hold'): Promise<void>;
  /** Resolves when the guest stands at the cut. */
  held(): Promise<void>;
  /** The steps that were taken, as their commands. */
  steps(): Promise<readonly string[]>;
}

/** Gives the guest's cut. */
export function cutPoint(guest: LabGuest): CutPoint {
  return {
    arm: async (step, how = 'connection') => {
      await guest.inGuest(
        `mkdir -p /run/cut; rm -f /run/cut/*; echo 0 > /run/cut/count; echo ${how} > /run/cut/how; echo ${step} > /run/cut/at`,
      );
    },
    held: async () => {
      while (!(await guest.inGuest('ls /run/cut')).includes('held')) await sleep(50);
    },
    steps: async () => {
      const text = await guest.inGuest('rm -f /run/cut/at; cat /run/cut/steps');
      return text.trimEnd().split('\n');
    },
  };
}
