import type { ValidationRun } from '../../core/diagnose/run.ts';
import type { PanelState } from '../../panel/protocol.ts';

/** What the panel keeps over a reload: which ENIs it is about, and what it last showed. */
export interface Memory {
  readonly eniIds: readonly string[];
  /** Of all of them; the one that the settings name first where an earlier version kept none. */
  readonly region?: string;
  /** Other ports than those of the settings. */
  readonly ports?: readonly number[] | undefined;
  readonly run?: ValidationRun;
}

/** Reads what an earlier window kept; anything else than that counts as nothing. */
export function memoryOf(state: PanelState | undefined): Memory {
  const memory = state?.memory as Partial<Memory> | undefined;
  const ids: unknown = memory?.eniIds;
  const eniIds = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  const region: unknown = memory?.region;
  const ports: unknown = memory?.ports;
  const where = {
    eniIds,
    ...(typeof region === 'string' && { region }),
    ...(Array.isArray(ports) && { ports: ports.filter((port) => typeof port === 'number') }),
  };
  return memory?.run?.version === 1 ? { ...where, run: memory.run } : where;
}
