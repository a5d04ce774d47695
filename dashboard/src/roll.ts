/**
 * The members of a floor (agents, queues, verdicts) by id, as of one delta. The next roll takes this one's map over: a delta of a hundred
 * agents costs a hundred writes and not a copy of all, ten times a second. So a roll is read until there is a next one; each is an object
 * of its own, by which those that watch see that something changed.
 */
export class Roll<T> implements ReadonlyMap<string, T> {
  private constructor(
    private readonly shared: { readonly map: Map<string, T>; step: number },
    private readonly step: number,
    /** What this roll has other than the one before it; null where somebody came or went too. */
    readonly changed: readonly T[] | null,
  ) {}

  static of<T>(members: readonly T[], key: (member: T) => string): Roll<T> {
    return new Roll({ map: new Map(members.map((member) => [key(member), member])), step: 0 }, 0, null);
  }

  /** The roll after a delta; the same where the delta says nothing. */
  next(changed: readonly T[] = [], gone: readonly string[] = [], key: (member: T) => string): Roll<T> {
    if (changed.length === 0 && gone.length === 0) return this;
    const { map } = this.shared;
    let moved = false;
    for (const id of gone) moved = map.delete(id) || moved;
    const before = map.size;
    for (const member of changed) map.set(key(member), member);
    return new Roll(this.shared, ++this.shared.step, moved || map.size !== before ? null : changed);
  }

  /** Whether this is the very next roll after another, so that `changed` is all that lies between. */
  follows(before: Roll<T> | null): boolean {
    return before !== null && before.shared === this.shared && before.step === this.step - 1;
  }

  get size(): number { return this.shared.map.size; }
  get(id: string): T | undefined { return this.shared.map.get(id); }
  has(id: string): boolean { return this.shared.map.has(id); }
  keys(): MapIterator<string> { return this.shared.map.keys(); }
  values(): MapIterator<T> { return this.shared.map.values(); }
  entries(): MapIterator<[string, T]> { return this.shared.map.entries(); }
  [Symbol.iterator](): MapIterator<[string, T]> { return this.shared.map.entries(); }
  forEach(see: (member: T, id: string, roll: ReadonlyMap<string, T>) => void): void { this.shared.map.forEach((member, id) => see(member, id, this)); }
}
