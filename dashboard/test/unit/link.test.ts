import { describe, expect, it } from 'vitest';
import { retryDelay } from '../../src/connection';
import { BuildWatch } from '../../src/reload';

describe('reconnecting', () => {
  it('never gives up, never waits longer than five seconds, and spreads the attempts', () => {
    for (const attempt of [0, 1, 2, 5, 50, 5_000]) {
      expect(retryDelay(attempt, () => 0)).toBeGreaterThan(0);
      expect(retryDelay(attempt, () => 0.999)).toBeLessThanOrEqual(5_000);
    }
    expect(retryDelay(9, () => 0)).toBe(2_500);
    expect(retryDelay(9, () => 1)).toBe(5_000);
    expect(retryDelay(0, () => 1)).toBe(250);
  });
});

describe('a newer build', () => {
  function page() {
    const stored = new Map<string, string>();
    const state = { reloads: 0, up: true, at: 1_000_000 };
    const watch = () => new BuildWatch({
      reload: () => { state.reloads++; }, reachable: async () => state.up, now: () => state.at,
      storage: { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => { stored.set(key, value); } },
    });
    return { state, watch };
  }

  it('reloads the page once, and the page that comes back is content', async () => {
    const { state, watch } = page();
    const before = watch();
    await before.heard('1.0+a');
    await before.heard('1.0+a');
    expect(state.reloads).toBe(0);
    await before.heard('1.1+b');
    expect(state.reloads).toBe(1);
    const after = watch();
    await after.heard('1.1+b');
    expect(state.reloads).toBe(1);
  });

  it('waits until the new page can be had', async () => {
    const { state, watch } = page();
    const wall = watch();
    await wall.heard('a');
    state.up = false;
    await wall.heard('b');
    expect(state.reloads).toBe(0);
    state.up = true;
    await wall.heard('b');
    expect(state.reloads).toBe(1);
  });

  it('does not make a wall flicker between two nodes of different builds', async () => {
    const { state, watch } = page();
    const first = watch();
    await first.heard('a');
    await first.heard('b');
    const second = watch();
    await second.heard('b');
    state.at += 10_000;
    await second.heard('a');
    expect(state.reloads).toBe(1);
    state.at += BuildWatch.restMs;
    await second.heard('a');
    expect(state.reloads).toBe(2);
  });
});
