/**
 * Weak reference — a reference that does not keep its target alive, also where there is no `WeakRef`, as in Cloudflare Workers by their compatibility date.
 */
export interface WeakReference<T extends object> {
  deref(): T | undefined;
}

/** Without `WeakRef` the target is held, or forgotten at once: what is right for the caller. */
export function weakReference<T extends object>(target: T, without: 'hold' | 'forget'): WeakReference<T> {
  if (typeof WeakRef !== 'undefined') return new WeakRef(target);
  return without === 'hold' ? { deref: () => target } : FORGOTTEN;
}

const FORGOTTEN = { deref: () => undefined };
