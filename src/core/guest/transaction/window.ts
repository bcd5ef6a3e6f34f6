import { CoreError } from '../../base/errors.ts';

/** The time in which a change is confirmed, or the guest puts itself back. */
export interface ConfirmationWindow {
  /** How long is left, in whole seconds. */
  secondsLeft(): number;
  /** Takes the change back at once. */
  revertNow(): void;
}

/** Begins the time to confirm; `pressed` is aborted where a person takes the change back. */
export function openWindow(
  seconds: number,
  host: string,
): { readonly window: ConfirmationWindow; readonly pressed: AbortSignal; readonly end: () => void } {
  const ends = performance.now() + seconds * 1000;
  const press = new AbortController();
  let isOpen = true;
  return {
    window: {
      secondsLeft: () => Math.max(0, Math.ceil((ends - performance.now()) / 1000)),
      revertNow: () => {
        if (isOpen) press.abort(new CoreError('guest.revertedByUser', { host }));
      },
    },
    pressed: press.signal,
    end: () => {
      isOpen = false;
    },
  };
}
