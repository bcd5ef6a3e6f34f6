/**
 * What a person writes in Ansible for these addresses: the stanzas, their options with
 * `community.general.interfaces_file`, which cannot make a stanza itself, and one `ifup` for all.
 */
export function playbook(addresses: readonly string[]): string {
  const entries = addresses.map((address, index) => ({ name: `eth0:${String(index + 1)}`, address }));
  const stanzas = entries.map(({ name }) => `auto ${name}\niface ${name} inet static\n`).join('');
  const options = entries.flatMap(({ name, address }) => [
    { name, option: 'address', value: address },
    { name, option: 'netmask', value: '255.255.255.255' },
  ]);
  const module = 'community.general.interfaces_file';
  return JSON.stringify([
    {
      hosts: 'all',
      become: true,
      gather_facts: false,
      tasks: [
        { 'ansible.builtin.blockinfile': { path: '/etc/network/interfaces', block: stanzas } },
        {
          [module]: { iface: '{{ item.name }}', option: '{{ item.option }}', value: '{{ item.value }}' },
          loop: options,
        },
        { 'ansible.builtin.command': { argv: ['ifup', ...entries.map(({ name }) => name)] } },
      ],
    },
  ]);
}
