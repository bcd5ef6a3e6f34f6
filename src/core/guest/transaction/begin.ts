import { stateRoot } from './paths.ts';

/**
 * What the first half begins with: its functions, the end of what earlier transactions left unfinished, and a
 * directory of its own.
 *
 * whole FILE BYTES: it must have been written to the end. arm_timer SECONDS: outside this session, because it
 * has to fire although the connection, or we, are gone; fails where nothing can run it.
 */
export const beginScript = `
refuse() {
  if [ -e "$S/preparing" ] || [ -e "$S/pending" ]; then sh "$S/revert.sh"; stop_timer; else rm -rf "$S"; fi
  printf 'refused\\n%s\\n%s\\n%s\\n' "$1" "$2" "$3"
  exit 0
}
whole() { [ "$(wc -c < "$1" 2>/dev/null)" -eq "$2" ] 2>/dev/null || refuse fileNotWritable "$1" 'No space left'; }
# A shell's own printf says of a full disk that there is an I/O error; cat knows better.
why_full() { said=$( { echo | cat >> "$1"; } 2>&1 ); echo "\${said:-$2}"; }
arm_timer() {
  systemd-run --quiet --unit="ec2-multi-ip-$TX" --on-active="$1" --timer-property=AccuracySec=100ms /bin/sh "$S/revert.sh" timer >/dev/null 2>&1 && return
  apart=nohup
  command -v setsid >/dev/null 2>&1 && apart=setsid
  $apart sh -c 'echo $$ > "$2"; sleep "$3"; exec sh "$1/revert.sh" timer' sh "$S" "$R.timer" "$1" </dev/null >/dev/null 2>&1 &
  tries=0
  until [ -s "$R.timer" ]; do
    tries=$((tries + 1))
    [ $tries -lt 5 ] || return 1
    sleep 1
  done
}
# Whether a transaction still has a timer; its process id is under /run, so that a reboot forgets it.
has_timer() {
  systemctl is-active --quiet "ec2-multi-ip-$1.timer" 2>/dev/null || systemctl is-active --quiet "ec2-multi-ip-$1.service" 2>/dev/null || kill -0 "$(cat "/run/ec2-multi-ip-$1.timer" 2>/dev/null)" 2>/dev/null || kill -0 "$(cat "/run/ec2-multi-ip-$1.reverting" 2>/dev/null)" 2>/dev/null
}
umask 077
if [ -e "$S/confirmed" ]; then echo done; exit 0; fi
# Left by a run of this very transaction that was never confirmed, perhaps before a reboot: begin again.
[ -e "$S/revert.sh" ] && sh "$S/revert.sh" && stop_timer
rm -rf "$S"
for other in ${stateRoot}/*; do
  for state in preparing pending confirming reverting; do
    [ -e "$other/$state" ] || continue
    if has_timer "\${other##*/}"; then printf 'refused\\nbusy\\n%s\\n\\n' "\${other##*/}"; exit 0; fi
    sh "$other/revert.sh"
    # The plan was made from what that has left, which is there no more.
    printf 'refused\\nrecovered\\n%s\\n\\n' "\${other##*/}"
    exit 0
  done
done
problem=$(mkdir -p ${stateRoot} 2>&1 && mkdir "$S" 2>&1) || {
  printf 'refused\\nfileNotWritable\\n%s\\n%s\\n' "$S" "$problem"
  exit 0
}
`;
