/** Whether a file's name is one of cloud-init's, such as 50-cloud-init.yaml or cloud-init-eth0.nmconnection. */
export function isOfCloudInit(name: string): boolean {
  return /(^|-)cloud-init\b/.test(name);
}
