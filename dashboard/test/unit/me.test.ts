import { describe, expect, it } from 'vitest';
import { ask } from '../../src/gate';
import { hourTaken, limitOf, shiftEnd, unwatched, whatMatters } from '../../src/views/me/matters';
import { notices, Told } from '../../src/views/me/notices';
import type { Agent } from '../../src/protocol';
import { fakeFloor } from '../story/fake-floor.mjs';

const now = Date.UTC(2026, 10, 23, 2, 42);
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString();
const agent = (more: Partial<Agent>): Agent => ({ ...fakeFloor({ agents: 1, now }).agents[0]!, since: ago(100), break: null, call: null, ...more });
const short = (begun: number, left: number): Agent => agent({ state: 'onBreak', break: { kind: 'short', reason: 'short', since: ago(begun), endsAt: ago(-left) } });

describe('what matters to an agent', () => {
  it('warns of the end of a break when the service says so, and a minute before where it does not say', () => {
    const resting = short(200, 100);
    expect(whatMatters(resting, now, null).press).toBe('none');
    expect(whatMatters({ ...resting, break: { ...resting.break!, warnAt: ago(0) } }, now, null).press).toBe('soon');
    expect(whatMatters(short(240, 60), now, null).press).toBe('soon');
  });

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

describe('a phone that is not watched', () => {
  const lost = { zh: '拒绝监看', en: 'may not be watched' };
  const phone = { feed: 'phones', state: 'unknown' as const, word: '', since: ago(60), direction: null, party: null, lost, disagreesSince: null };
  const feed = (state: 'synced' | 'lost') => [{ name: 'phones', kind: 'sip', state, since: ago(60) }];

  it('is why the state is unknown while its source is in sight, and is not where the source itself is lost', () => {
    const unknown = agent({ state: 'unknown', phones: [phone] });
    expect(unwatched(unknown, feed('synced'))).toBe(lost);
    expect(unwatched(unknown, feed('lost'))).toBeNull();
    expect(unwatched({ ...unknown, state: 'onCall' }, feed('synced'))).toBeNull();
    expect(unwatched({ ...unknown, phones: [{ ...phone, lost: null }] }, feed('synced'))).toBeNull();
  });
});

describe('what matters to an agent who is free', () => {
  const ticket = (status: 'queued' | 'planned' | 'granted', starts: number, ends: number) => ({ kind: 'short', status, requestedAt: ago(60), startsAt: ago(-starts), endsAt: ago(-ends), position: null, by: 'planner', text: { zh: '', en: '' } });
  const free = (more: Partial<Agent>) => whatMatters(agent({ state: 'available', ...more }), now, null);

  it('is the break that is theirs now, then the lock, then the break to come', () => {
    expect(free({ ticket: ticket('granted', -5, 295), lockedUntil: ago(-60) })).toMatchObject({ label: 'me.slotNow', until: now + 295_000, press: 'soon' });
    expect(free({ ticket: ticket('planned', 600, 900), lockedUntil: ago(-60) })).toMatchObject({ label: 'me.lockedFor', until: now + 60_000 });
    expect(free({ ticket: ticket('planned', 600, 900), lockedUntil: ago(0) })).toMatchObject({ label: 'me.slotIn', until: now + 600_000 });
    expect(free({ ticket: ticket('planned', -300, 0) }).label).toBe('me.available');
    expect(free({ ticket: { ...ticket('queued', 0, 0), startsAt: null, endsAt: null } }).label).toBe('me.available');
  });

  it('is the end of the shift in its last hour, when nothing comes before it', () => {
    const shift = (left: number) => ({ name: 'A', date: '2026-11-23', startsAt: ago(20_000), endsAt: ago(-left), seat: null, status: 'work', mustered: null });
    expect(free({ shift: shift(3_600) })).toMatchObject({ label: 'me.leaveIn', until: now + 3_600_000 });
    expect(free({ shift: shift(3_601) }).label).toBe('me.available');
    expect(free({ shift: shift(3_000), lockedUntil: ago(-60) }).label).toBe('me.lockedFor');
    expect(free({ shift: shift(3_000), ticket: ticket('planned', 600, 900) }).label).toBe('me.slotIn');
    // Over, or not begun: nothing says when to leave.
    expect(free({ shift: shift(0) }).label).toBe('me.available');
    expect(free({ shift: { ...shift(600), startsAt: ago(-60) } }).label).toBe('me.available');
    expect(shiftEnd(agent({ state: 'onCall', shift: shift(9_000) }), now)).toBe(now + 9_000_000);
    expect(shiftEnd(agent({ state: 'signedOut', shift: shift(9_000) }), now)).toBeNull();
  });

  it('is the shift that begins soon to somebody who is not signed in', () => {
    const shift = { name: 'A', date: '2026-11-23', startsAt: ago(-900), endsAt: ago(-30_000), seat: null, status: 'work', mustered: null };
    expect(whatMatters(agent({ state: 'signedOut', shift }), now, null)).toMatchObject({ label: 'me.shiftIn', until: now + 900_000, press: 'none' });
    expect(whatMatters(agent({ state: 'signedOut', shift: { ...shift, startsAt: ago(-600) } }), now, null).press).toBe('soon');
    expect(whatMatters(agent({ state: 'signedOut', shift: { ...shift, startsAt: ago(1) } }), now, null).label).toBe('me.signedOut');
  });
});

describe('what an agent is told', () => {
  it('is told at its instant, once, and not when it is old news', () => {
    const told = new Told();
    const names = (more: Partial<Agent>, at: number) => told.fresh(notices(agent(more), at)).map((one) => one.say);
    const resting = { state: 'onBreak' as const, break: { kind: 'short', reason: '', since: ago(240), endsAt: ago(-60) } };
    expect(names(resting, now - 1)).toEqual([]);
    expect(names(resting, now)).toEqual(['me.noticeWarn']);
    expect(names(resting, now + 1_000)).toEqual([]);
    expect(names(resting, now + 60_000)).toEqual(['me.noticeOver']);
    expect(new Told().fresh(notices(agent(resting), now + 600_000))).toEqual([]);
  });
});

describe('the break of the hour', () => {
  it('counts a short break that runs now, and no other kind', () => {
    const hour = { entitledMs: 300_000, takenMs: 60_000 };
    expect(hourTaken({ ...short(30, 270), hour }, now)?.takenMs).toBe(90_000);
    expect(hourTaken({ ...agent({ state: 'onBreak', break: { kind: 'meal', reason: 'meal', since: ago(30), endsAt: null } }), hour }, now)?.takenMs).toBe(60_000);
    expect(hourTaken({ ...agent({}), hour: null }, now)).toBe(null);
  });

  it('shares a break across two hours between them, and counts an arranged one wholly in its own', () => {
    // The hour turned a minute ago, in the middle of a break of three.
    const hour = { entitledMs: 300_000, takenMs: 0, since: ago(60), until: ago(-3_540), declined: false };
    const resting = short(180, 120);
    const taken = (of: string | null, at: number) => hourTaken({ ...resting, hour, break: { ...resting.break!, hour: of } }, at)?.takenMs;
    expect(taken(null, now - 60_000)).toBe(0);
    expect(taken(null, now)).toBe(60_000);
    expect(taken(hour.since, now)).toBe(180_000);
    expect(taken(ago(3_660), now)).toBe(0);
    // Past its end the hour grows no more, though the next one is not told yet.
    expect(taken(null, now + 3_600_000)).toBe(3_600_000);
    // An older service says neither which hour it is nor whose break.
    expect(hourTaken({ ...resting, hour: { entitledMs: 300_000, takenMs: 0 } }, now)?.takenMs).toBe(180_000);
  });
});

describe('the limit of a break', () => {
  it('is the agent\'s own where there is one, none included, and everybody\'s otherwise', () => {
    const kinds = [{ kind: 'short', limitMs: 300_000 }, { kind: 'meal', limitMs: 1_800_000 }, { kind: 'training', limitMs: null }];
    const own = agent({ limits: [{ kind: 'meal', limitMs: 2_700_000 }, { kind: 'training', limitMs: 900_000 }, { kind: 'short', limitMs: null }] });
    expect(['short', 'meal', 'training'].map((kind) => limitOf(own, kind, kinds))).toEqual([null, 2_700_000, 900_000]);
    expect(['short', 'meal', 'training', 'nap'].map((kind) => limitOf(agent({ limits: [] }), kind, kinds))).toEqual([300_000, 1_800_000, null, undefined]);
    expect(limitOf(agent({}), 'meal', kinds)).toBe(1_800_000);
  });
});

describe('asking the gate', () => {
  it('gives the gate\'s answer, and a broken link as an answer too', async () => {
    const reply = { done: true, agent: null, problem: null };
    expect(await ask({ invoke: async <T>() => reply as T }, 'Resume', '1001')).toBe(reply);
    const lost = await ask({ invoke: () => Promise.reject(new Error('closed')) }, 'Resume', '1001');
    expect(lost).toMatchObject({ done: false, problem: { status: 0, detail: 'closed', text: { zh: '监控服务没有答复,请检查网络后重试', en: expect.stringContaining('does not answer') } } });
  });
});
