/**
 * What every reading script begins with: functions that write records of one line each, with names and bytes
 * encoded, so that nothing in a file can pass for a record.
 *
 * `encode` reads standard input, `put` takes a word. base64 is in coreutils and busybox; od is the way where it
 * is missing. What could not pass for anything else goes as it is, which saves two processes.
 */
export const readPreamble = `
have() { command -v "$1" >/dev/null 2>&1; }
if base64 -w0 </dev/null >/dev/null 2>&1; then encode() { printf 'b:'; base64 -w0; }
elif have base64; then encode() { printf 'b:'; base64 | tr -d '\\n'; }
else encode() { printf 'x:'; od -An -v -tx1 | tr -d ' \\n'; }
fi
put() {
  case $1 in
    *[!A-Za-z0-9./:=_-]*) printf '%s' "$1" | encode ;;
    *) printf 'p:%s' "$1" ;;
  esac
}
emit() { printf '%s ' "$1"; put "$2"; echo; }
real_path() { readlink -f "$1" 2>/dev/null || echo "$1"; }
seen='|'
# Writes a file with the name it was read as and its real path; fails where it is not a readable file.
emit_file() {
  [ -f "$1" ] && [ -r "$1" ] || return 1
  printf 'file '; put "$1"; printf ' '; put "$(real_path "$1")"
  printf ' '; encode < "$1"; echo
}
emit_directory() { [ -d "$1" ] && emit directory "$1"; }
`;

/** Reads what every guest has, whatever manages its network. */
export const readCommon = `
name=$(hostname 2>/dev/null || cat /proc/sys/kernel/hostname)
emit hostname "$name"
# Some have no getent, and musl's knows no -s.
in_hosts() {
  while read -r address names || [ -n "$address" ]; do
    case $address in '' | '#'*) continue ;; esac
    set -f
    for each in \${names%%#*}; do [ "$each" != "$1" ] || { set +f; return 0; }; done
    set +f
  done < /etc/hosts 2>/dev/null
  return 1
}
if getent -s files hosts "$name" >/dev/null 2>&1 || in_hosts "$name"; then emit resolves yes; fi
emit links "$(ip -o link show)"
emit addresses "$(ip -o -4 addr show)"
emit rules "$(ip -4 rule show)"
emit_file /etc/hosts
`;

/** Asks every manager that is there which interfaces it owns; `detect.ts` judges the answers. */
export const readManagers = `
version=
if have ifquery; then
  version=$(ifquery --version 2>&1 || ifquery -V 2>&1)
  emit ifquery "$version"
fi
[ -e /etc/sysconfig/network-scripts/ec2net-functions ] && emit ec2net yes
have nmcli && [ "$(systemctl is-enabled nm-cloud-setup.timer 2>/dev/null)" = enabled ] && emit nmCloudSetup yes
# ifupdown-ng answers for all interfaces at once; ifupdown2 has no such answer, but only knows what it configures.
if_state() {
  case $version in
    *ifupdown2*) ifquery "$1" >/dev/null 2>&1 && echo "$1=$1" ;;
    *) ifquery --state "$1" 2>/dev/null | grep "^$1=" ;;
  esac
}
for path in /sys/class/net/*; do
  nic=\${path##*/}
  [ "$nic" = lo ] && continue
  [ -e "$path/address" ] || continue
  printf 'owner '; put "$nic"
  # No systemd-networkd, no answer, but networkctl takes its time to say so.
  printf ' '; put "$(have networkctl && [ -e "/run/systemd/netif/links/$(cat "$path/ifindex")" ] &&
    networkctl --no-pager status "$nic" 2>/dev/null | grep 'Network File')"
  printf ' '; put "$(have nmcli && nmcli -g GENERAL.STATE,GENERAL.CONNECTION dev show "$nic" 2>/dev/null &&
    nmcli -g DEVICE,FILENAME -e no con show --active 2>/dev/null | grep "^$nic:")"
  printf ' '; put "$(have ifquery && if_state "$nic")"
  echo
done
`;
