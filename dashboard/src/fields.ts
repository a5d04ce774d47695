import { SvelteMap } from 'svelte/reactivity';

/**
 * A value whose members are signals of their own: one object for the life of a page, shown another value again and again. Who reads
 * a member is told only when that member is another object, so a delta of agents does not make the queues, the duty and the clock think anew.
 */
export class Fields<T extends object> {
  private readonly values = new SvelteMap<string, unknown>();
  private readonly object: Partial<T> = {};

  /** The value as it is read. Its members are never written by anyone but `show`. */
  get value(): T { return this.object as T; }

  /** Shows another value. */
  show(next: T): void {
    for (const [key, value] of Object.entries(next)) {
      this.values.set(key, value);
      if (!Object.hasOwn(this.object, key)) Object.defineProperty(this.object, key, { enumerable: true, get: () => this.values.get(key) });
    }
  }
}
