import { beforeEach, describe, expect, it } from 'vitest';
import { applyDelta, fromSnapshot, type Floor } from '../../src/floor';
import type { Agent, Delta } from '../../src/protocol';
// The same seeded floor that the story tests show.
import { fakeFloor } from '../story/fake-floor.mjs';

const now = Date.UTC(2026, 10, 23, 2, 42);
const snapshot = fakeFloor({ agents: 30, mood: 'fire', now });
// A floor hands its members on to the next one, so each test begins with its own.
let floor: Floor;
beforeEach(() => { floor = fromSnapshot({ ...snapshot, version: 10 }); });
const delta = (changes: Partial<Delta>): Delta => ({ from: 10, version: 11, at: '2026-11-23T02:42:01.000Z', ...changes });
const next = (changes: Partial<Delta>): Floor => {
  const after = applyDelta(floor, delta(changes));
  if (after === 'gap') throw new Error('a gap');
  return after;
};

describe('folding deltas into the floor', () => {
  it('keeps what a delta does not name, by identity', () => {
    const after = next({ totals: { ...snapshot.totals, waiting: 99 } });
    expect(after.version).toBe(11);
    expect(after.at).toBe('2026-11-23T02:42:01.000Z');
    expect(after.totals.waiting).toBe(99);
    expect(after.agents).toBe(floor.agents);
    expect(after.queues).toBe(floor.queues);
    expect(after.verdicts).toBe(floor.verdicts);
  });

  it('replaces a changed agent whole and leaves every other one the same object', () => {
    const changed: Agent = { ...floor.agents.get('1001')!, state: 'wrapUp' };
    const other = floor.agents.get('1002');
    const before = floor.agents;
    const after = next({ agents: [changed] });
    expect(after.agents).not.toBe(before);
    expect(after.agents.get('1001')).toBe(changed);
    expect(after.agents.get('1002')).toBe(other);
  });

  it('adds what is new and drops what is gone', () => {
    const after = next({
      agents: [{ ...floor.agents.get('1001')!, id: 'pbx-1:SIP/77' }], agentsGone: ['1002'], queuesGone: ['sales'],
      verdictsGone: [...floor.verdicts.keys()],
    });
    expect(after.agents.has('pbx-1:SIP/77')).toBe(true);
    expect(after.agents.has('1002')).toBe(false);
    expect(after.queues.has('sales')).toBe(false);
    expect(after.verdicts.size).toBe(0);
  });

  it('takes a duty of null for nobody, and an absent one for unchanged', () => {
    const held = next({ duty: { holder: 'Li Min', since: '2026-11-23T01:00:00.000Z' } });
    expect(held.duty?.holder).toBe('Li Min');
    const same = applyDelta(held, { from: 11, version: 12, at: held.at });
    expect(same !== 'gap' && same.duty?.holder).toBe('Li Min');
    const none = applyDelta(held, { from: 11, version: 12, at: held.at, duty: null });
    expect(none !== 'gap' && none.duty).toBe(null);
  });

  it('reports a gap when a delta does not start where the floor stands', () => {
    expect(applyDelta(floor, { from: 11, version: 12, at: floor.at })).toBe('gap');
  });

  it('ignores a delta that it has already seen', () => {
    expect(applyDelta(floor, { from: 8, version: 9, at: floor.at, agentsGone: ['1001'] })).toBe(floor);
    expect(applyDelta(floor, { from: 9, version: 10, at: floor.at, agentsGone: ['1001'] })).toBe(floor);
  });

  it('moves only the time on a beat of the same version', () => {
    const after = applyDelta(floor, { from: 10, version: 10, at: '2026-11-23T02:42:05.000Z' });
    expect(after !== 'gap' && after.at).toBe('2026-11-23T02:42:05.000Z');
    expect(after !== 'gap' && after.version).toBe(10);
  });

  it('does not let an undefined key hide what is known', () => {
    expect(next({ feeds: undefined as never }).feeds).toBe(floor.feeds);
  });
});
