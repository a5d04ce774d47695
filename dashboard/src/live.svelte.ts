import { ServerClock, everySecond } from './clock';
import { FloorConnection, type FloorListener, type LinkState } from './connection';
import { Fields } from './fields';
import { applyDelta, fromSnapshot, type Floor } from './floor';
import type { AlertNews, Delta, Snapshot, Verdict } from './protocol';
import { BuildWatch, browserPage } from './reload';

/** How long nothing may be heard before the picture counts as stale: with the time to paint it, two seconds are kept. */
export const staleAfterMs = 1_750;

/**
 * The one store of a page: the floor, the time and how far both can be trusted. A lost link changes nothing in the floor:
 * the last picture stays, marked stale, and its running times stand still at what was last known.
 */
export class LiveFloor implements FloorListener {
  /** The picture; null until the first snapshot. It is one object whose members are signals (fields.ts): read them where they are shown. */
  get floor(): Floor | null { return this.known ? this.fields.value : null; }

  /** The server's time, one step a second. */
  now = $state(Date.now());

  /** Where the link stands. */
  linkState = $state<LinkState>('connecting');

  /** Since when the picture is stale, in server time; null while it is fresh. */
  staleSince = $state<number | null>(null);

  /** The instant that running times are computed for: now, or, when stale, the last moment that was seen. */
  readonly at = $derived(this.staleSince ?? this.now);

  private known = $state(false);
  private readonly fields = new Fields<Floor>();
  // The picture as it was folded last, without signals; its rolls go on into the next.
  private folded: Floor | null = null;
  private readonly clock = new ServerClock(() => performance.now());
  private readonly connection: FloorConnection;
  private readonly alerted = new Set<(verdict: Verdict, alert: AlertNews) => void>();
  private readonly calmed = new Set<(alert: AlertNews) => void>();
  private readonly builds = new BuildWatch(browserPage());
  private heardAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopTicks = () => {};

  /** `hub` is the route's (routes.ts): a wall listens as itself. */
  constructor(hub?: string) {
    this.connection = new FloorConnection(this, hub);
  }

  start(): void {
    this.stopTicks = everySecond(this.clock, (now) => {
      this.now = now;
      // A reload that had to wait (service half up, reloaded just before) is tried again.
      if (this.folded && Math.floor(now / 1_000) % 30 === 0) void this.builds.heard(this.folded.build);
    });
    void this.connection.start();
  }

  stop(): Promise<void> {
    this.stopTicks();
    clearTimeout(this.timer);
    return this.connection.stop();
  }

  snapshot(snapshot: Snapshot): void {
    this.fresh(snapshot.at);
    this.show(fromSnapshot(snapshot));
    void this.builds.heard(snapshot.build);
  }

  delta(delta: Delta): void {
    this.fresh(delta.at);
    const next = this.folded ? applyDelta(this.folded, delta) : 'gap';
    if (next === 'gap') this.connection.requestSnapshot();
    else this.show(next);
  }

  alert(verdict: Verdict, alert: AlertNews): void {
    for (const hear of this.alerted) hear(verdict, alert);
  }

  alertUpdate(alert: AlertNews): void {
    for (const hear of this.calmed) hear(alert);
  }

  /** Hears of every alert with its newest verdict at the moment it opens, grows or goes up (the floor has the verdicts too, by the delta); returns what stops it. */
  onAlert(hear: (verdict: Verdict, alert: AlertNews) => void): () => void {
    this.alerted.add(hear);
    return () => this.alerted.delete(hear);
  }

  /** Hears that an alert was acknowledged or is over; returns what stops it. */
  onAlertUpdate(hear: (alert: AlertNews) => void): () => void {
    this.calmed.add(hear);
    return () => this.calmed.delete(hear);
  }

  link(state: LinkState): void {
    this.linkState = state;
    if (state !== 'connected') this.stale();
  }

  /** Sends a command through the gate. */
  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.connection.invoke<T>(method, ...args);
  }

  private show(next: Floor): void {
    if (next === this.folded) return;
    this.folded = next;
    this.fields.show(next);
    this.known = true;
  }

  private fresh(at: string): void {
    const jump = this.clock.known ? 0 : 1;
    this.clock.heard(at);
    this.heardAt = performance.now();
    if (this.staleSince !== null || jump) {
      this.staleSince = null;
      this.now = this.clock.now();
    }
    this.timer ??= setTimeout(this.check, staleAfterMs);
  }

  /** One timer, moved on to the moment when the silence would be too long, rather than one set anew for every message. */
  private readonly check = () => {
    const left = staleAfterMs - (performance.now() - this.heardAt);
    if (left <= 0) this.stale();
    this.timer = left <= 0 ? undefined : setTimeout(this.check, left);
  };

  private stale(): void {
    if (this.folded) this.staleSince ??= this.clock.now() - (performance.now() - this.heardAt);
  }
}
