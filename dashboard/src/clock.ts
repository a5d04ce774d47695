/**
 * The server's time in the browser. The browser's own clock may be minutes off or be set while the page runs, so only its
 * monotonic counter is used; what it is worth in server time is learned from the `at` of every message.
 *
 * A message's `at` is never later than the moment it arrives: reaching us takes a while, and the floor's own instant may be
 * a tick old. So `at − arrival` is always at most the true offset, and the largest of the last minute, the sample that was
 * held up least, is the best estimate (the same reasoning as choosing the sample of least round trip in NTP, RFC 5905 §10).
 */
export class ServerClock {
  private readonly samples: { at: number; offset: number }[] = [];
  private offset: number | null = null;

  /** Milliseconds of the monotonic counter over which samples are kept. */
  static readonly windowMs = 60_000;

  /** A sample that contradicts the estimate by more than this means that the server's clock was set or the machine slept. */
  static readonly jumpMs = 5_000;

  constructor(private readonly monotonic: () => number) {}

  /** Learns from a message that arrived just now. */
  heard(at: string): void {
    const arrived = this.monotonic();
    const offset = Date.parse(at) - arrived;
    if (Number.isNaN(offset)) return;
    if (this.offset !== null && Math.abs(offset - this.offset) > ServerClock.jumpMs) this.samples.length = 0;
    // A sample that is both older and smaller than a newer one can never be the largest again.
    while (this.samples.length > 0 && this.samples[this.samples.length - 1]!.offset <= offset) this.samples.pop();
    this.samples.push({ at: arrived, offset });
    while (this.samples[0]!.at < arrived - ServerClock.windowMs) this.samples.shift();
    this.offset = this.samples[0]!.offset;
  }

  /** Whether anything was heard yet; before that the time is the browser's own. */
  get known(): boolean { return this.offset !== null; }

  /** The server's time now, in milliseconds since 1970. */
  now(): number {
    return this.monotonic() + (this.offset ?? Date.now() - this.monotonic());
  }
}

/** Calls `tick` just after each full second of the server's clock; returns what stops it. One of these serves a whole page. */
export function everySecond(clock: ServerClock, tick: (now: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const step = () => {
    const now = clock.now();
    tick(now);
    // Aim a little past the second: a timer that fires early would show the same second twice.
    timer = setTimeout(step, 1_000 - (now % 1_000) + 5);
  };
  step();
  return () => clearTimeout(timer);
}
