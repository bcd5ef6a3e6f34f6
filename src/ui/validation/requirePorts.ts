import { CoreError } from '../../core/base/errors.ts';

/** The ports that a setting names, whatever a person has written there; throws `probe.port` and `probe.noPorts`. */
export function requirePorts(value: unknown): readonly number[] {
  const ports: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (ports.length === 0) throw new CoreError('probe.noPorts', {});
  return ports.map((port) => {
    if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
    throw new CoreError('probe.port', { port: typeof port === 'string' ? port : JSON.stringify(port) });
  });
}
