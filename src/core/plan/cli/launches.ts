import { shellQuote } from '../../base/quoting.ts';
import { clientToken } from '../changes/tags.ts';
import type { ChangeInputs } from '../changes.ts';
import { ask, call, line, tagged } from './command.ts';
import type { Commands } from './kinds.ts';
import { word } from './word.ts';

/** The ENI that a launch makes, in the CLI's shorthand: JSON could not hold the variables. */
function madeByLaunch({ subnetId, groupIds, addresses }: ChangeInputs['launchWithEni']): string {
  const parts = [`DeviceIndex=0,DeleteOnTermination=true,SubnetId=${word(subnetId)}`];
  parts.push(`Groups=[${groupIds.map(word).join(',')}]`);
  if ('secondaryCount' in addresses) {
    parts.push(`SecondaryPrivateIpAddressCount=${String(addresses.secondaryCount)}`);
  } else {
    const each = addresses.explicit.map(
      (address, index) => `{PrivateIpAddress=${word(address)},Primary=${String(index === 0)}}`,
    );
    parts.push(`PrivateIpAddresses=[${each.join(',')}]`);
  }
  return parts.join(',');
}

/** The life of an instance as calls of the AWS CLI. */
export const launches: Pick<Commands, 'launchInstance' | 'launchWithEni' | 'terminateInstance'> = {
  launchInstance: (input, step) => ({
    call: ask(
      'Instances[0].InstanceId',
      'run-instances',
      ...['--image-id', word(input.imageId), '--instance-type', word(input.instanceType), '--count', '1'],
      ...(input.keyName === undefined ? [] : ['--key-name', word(input.keyName)]),
      ...['--network-interfaces', `DeviceIndex=0,NetworkInterfaceId=${word(input.networkInterfaceId)}`],
      ...['--instance-initiated-shutdown-behavior', word(input.shutdownBehavior)],
      ...['--client-token', shellQuote(clientToken(step))],
      tagged('instance', input.name, step),
    ),
  }),
  launchWithEni: (input, step) => ({
    call: ask(
      'Instances[0].InstanceId',
      'run-instances',
      ...['--image-id', word(input.imageId), '--instance-type', word(input.instanceType), '--count', '1'],
      ...(input.keyName === undefined ? [] : ['--key-name', word(input.keyName)]),
      ...['--network-interfaces', madeByLaunch(input)],
      ...['--instance-initiated-shutdown-behavior', word(input.shutdownBehavior)],
      ...['--client-token', shellQuote(clientToken(step))],
      tagged('instance', input.name, step),
      tagged('network-interface', input.name, step).replace('--tag-specifications ', ''),
    ),
  }),
  terminateInstance: ({ instanceId }) => ({
    call: call('terminate-instances', '--instance-ids', word(instanceId)),
    after: [line(call('wait instance-terminated', '--instance-ids', word(instanceId)))],
  }),
};
