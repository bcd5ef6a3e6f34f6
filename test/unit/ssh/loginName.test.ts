import assert from 'node:assert/strict';
import { guessUser } from '../../../src/core/ssh/loginName.ts';

describe('the user of an image', () => {
  for (const [name, user] of [
    ['debian-12-amd64-20260806-2562', 'admin'],
    ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260801', 'ubuntu'],
    ['al2023-ami-2023.6.20260801.0-kernel-6.1-x86_64', 'ec2-user'],
    ['amzn2-ami-hvm-2.0.20260801.0-x86_64-gp2', 'ec2-user'],
    ['RHEL-9.4.0_HVM-20260801-x86_64-0-Hourly2-GP3', 'ec2-user'],
    ['Rocky-9-EC2-Base-9.4-20260801.0.x86_64', 'rocky'],
    ['bitnami-wordpress-6.5-0-linux-debian-12-x86_64-hvm-ebs', 'bitnami'],
    ['CentOS-7-2111-20220825_1.x86_64', 'centos'],
    ['Fedora-Cloud-Base-40-1.14.x86_64-hvm', 'fedora'],
    ['AlmaLinux OS 9.4.20260801 x86_64', 'ec2-user'],
    ['CentOS Stream 9 x86_64 20260801', 'ec2-user'],
    ['FreeBSD 14.1-RELEASE-amd64 UEFI', 'ec2-user'],
    ['suse-sles-15-sp6-v20260801-hvm-ssd-x86_64', 'ec2-user'],
    ['OL9.4-x86_64-HVM-Oracle-Linux', 'ec2-user'],
    ['Flatcar-stable-3815.2.5-hvm', 'core'],
    ['fedora-coreos-40.20260801.3.0-x86_64', 'core'],
    ['arch-linux-ec2-hvm-2026.08.01.x86_64-ebs', 'arch'],
    ['kali-last-snapshot-amd64-2026.2', 'kali'],
    ['search-appliance-2026', undefined],
    ['our-golden-image', undefined],
  ] as const) {
    it(`of ${name} is ${user ?? 'not known'}`, () => {
      assert.equal(guessUser({ name, description: '', platform: 'Linux/UNIX' }), user);
    });
  }

  it('is told by the description where the name says nothing', () => {
    assert.equal(guessUser({ name: 'golden', description: 'Based on Debian 12', platform: '' }), 'admin');
  });
});
