import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServerClock, everySecond } from '../../src/clock';

const base = Date.UTC(2026, 10, 23, 2, 42);
const iso = (ms: number) => new Date(ms).toISOString();

describe('the server clock', () => {
  let counter = 0;
  let clock: ServerClock;
  beforeEach(() => {
    counter = 5_000;
    clock = new ServerClock(() => counter);
  });

  /** A message stamped at `sent` (server time after base) that arrives `delay` later; the counter runs with server time. */
  const message = (sent: number, delay: number) => {
    counter = 5_000 + sent + delay;
    clock.heard(iso(base + sent));
  };

  it('is right to the delay of the quickest message, whatever the others took', () => {
    message(0, 400);
    message(1_000, 20);
    message(2_000, 900);
    counter = 5_000 + 10_000;
    expect(clock.now()).toBe(base + 10_000 - 20);
  });

  it('forgets a quick sample after a minute, so that a drift is followed', () => {
    message(0, 0);
    for (let s = 1; s <= 70; s++) message(s * 1_000, 100);
    counter = 5_000 + 71_000;
    expect(clock.now()).toBe(base + 71_000 - 100);
  });

  it('follows at once when the server\'s clock is set', () => {
    message(0, 0);
    counter += 1_000;
    clock.heard(iso(base + 3_600_000));
    expect(clock.now()).toBe(base + 3_600_000);
    counter += 1_000;
    clock.heard(iso(base - 3_600_000));
    expect(clock.now()).toBe(base - 3_600_000);
  });

  it('is the browser\'s own before anything was heard, and heeds no nonsense', () => {
    expect(clock.known).toBe(false);
    clock.heard('yesterday');
    expect(clock.known).toBe(false);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50);
  });

  it('keeps few samples however many messages come', () => {
    for (let i = 0; i < 10_000; i++) message(i * 10, i % 7);
    expect((clock as unknown as { samples: unknown[] }).samples.length).toBeLessThan(1_100);
  });
});

describe('the tick', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('comes just after each full second of the server and stops when told', () => {
    vi.setSystemTime(base + 730);
    const clock = new ServerClock(() => Date.now() - base);
    clock.heard(iso(base + 730));
    const ticks: number[] = [];
    const stop = everySecond(clock, (now) => ticks.push(now - base));
    vi.advanceTimersByTime(2_600);
    stop();
    vi.advanceTimersByTime(5_000);
    expect(ticks).toEqual([730, 1_005, 2_005, 3_005]);
  });
});
