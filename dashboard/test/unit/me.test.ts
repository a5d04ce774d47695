import { describe, expect, it } from 'vitest';
import { ask } from '../../src/gate';
import { hourTaken, whatMatters } from '../../src/views/me/matters';
import type { Agent } from '../../src/protocol';
import { fakeFloor } from '../story/fake-floor.mjs';

const now = Date.UTC(2026, 10, 23, 2, 42);
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString();
const agent = (more: Partial<Agent>): Agent => ({ ...fakeFloor({ agents: 1, now }).agents[0]!, since: ago(100), break: null, call: null, ...more });
const short = (begun: number, left: number): Agent => agent({ state: 'onBreak', break: { kind: 'short', reason: 'short', since: ago(begun), endsAt: ago(-left) } });

describe('what matters to an agent', () => {
  it('is the end of the break, pressing from a minute before and over from the very limit', () => {
    expect(whatMatters(short(200, 61), now, null)).toMatchObject({ label: 'me.breakLeft', press: 'none', until: now + 61_000 });
    expect(whatMatters(short(240, 60), now, null).press).toBe('soon');
    expect(whatMatters(short(300, 0), now, null)).toMatchObject({ label: 'me.breakOver', press: 'over' });
  });

  it('is how long the break has run where it has no limit', () => {
    const training = agent({ state: 'onBreak', break: { kind: 'training', reason: 'training', since: ago(900), endsAt: null } });
    expect(whatMatters(training, now, null)).toMatchObject({ until: null, since: now - 900_000, press: 'none' });
  });

  it('is the instant that the gate named, until it is there', () => {
    expect(whatMatters(agent({ state: 'available' }), now, now + 5_000)).toMatchObject({ label: 'me.allowedIn', until: now + 5_000 });
    expect(whatMatters(agent({ state: 'available' }), now, now).label).toBe('me.available');
    expect(whatMatters(agent({ state: 'onCall' }), now, now + 5_000).label).toBe('me.onCall');
  });
});

describe('the break of the hour', () => {
  it('counts a short break that runs now, and no other kind', () => {
    const hour = { entitledMs: 300_000, takenMs: 60_000 };
    expect(hourTaken({ ...short(30, 270), hour }, now)?.takenMs).toBe(90_000);
    expect(hourTaken({ ...agent({ state: 'onBreak', break: { kind: 'meal', reason: 'meal', since: ago(30), endsAt: null } }), hour }, now)?.takenMs).toBe(60_000);
    expect(hourTaken({ ...agent({}), hour: null }, now)).toBe(null);
  });
});

describe('asking the gate', () => {
  it('gives the gate\'s answer, and a broken link as an answer too', async () => {
    const reply = { done: true, agent: null, problem: null };
    expect(await ask({ invoke: async <T>() => reply as T }, 'Resume', '1001')).toBe(reply);
    const lost = await ask({ invoke: () => Promise.reject(new Error('closed')) }, 'Resume', '1001');
    expect(lost).toMatchObject({ done: false, problem: { status: 0, detail: 'closed' } });
  });
});
