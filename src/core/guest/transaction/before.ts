/**
 * Shell that notes the network as it is before a change: what a change of an address has no business with, and
 * what has to be there for the guest to be reached.
 */
export const noteNetwork = `
ip -4 route show default > "$S/default-route"
ip -o -4 addr show dev "$IF" | sed -n 's/^[0-9]*: [^ ]* *inet \\([0-9./]*\\) .* \\([^ \\\\]*\\)\\\\.*/\\1 \\2/p' > "$S/addresses"
firewall() {
  if command -v nft >/dev/null 2>&1; then nft -s list ruleset
  elif command -v iptables-save >/dev/null 2>&1; then iptables-save | sed -e '/^#/d' -e 's/\\[[0-9]*:[0-9]*\\]/[0:0]/'
  fi 2>/dev/null
}
firewall > "$S/firewall"
`;

/** Shell that has the interface up, with the addresses and the default route that were noted. */
export const restoreNetwork = `
ip link show dev "$IF" | grep -q '[<,]UP[,>]' || ip link set dev "$IF" up
while read -r address label; do
  has_address "\${address%/*}" && continue
  case $address in */32) brd= ;; *) brd='brd +' ;; esac
  ip addr add "$address" $brd dev "$IF" label "$label"
done < "$S/addresses"
if [ "$(ip -4 route show default)" != "$(cat "$S/default-route")" ]; then
  while ip -4 route del default 2>/dev/null; do :; done
  while read -r route; do ip -4 route add \${route% linkdown}; done < "$S/default-route"
fi
`;

/**
 * Shell that puts the firewall back where it is not as it was noted. Only for the timer: when the guest cannot
 * be reached, that matters more than a rule which something else has made meanwhile.
 */
export const restoreFirewall = `
if command -v nft >/dev/null 2>&1; then
  [ "$(nft -s list ruleset 2>/dev/null)" = "$(cat "$S/firewall")" ] || { echo 'flush ruleset'; cat "$S/firewall"; } | nft -f -
elif command -v iptables-restore >/dev/null 2>&1; then
  iptables-restore < "$S/firewall"
fi
`;
