import { describe, expect, it } from 'vitest';
import { alarms, breakRows, countedLate, dayFigures, hands, partlyPaused, queueRows, subjectName, teamGroups, verdictOver } from '../../src/board';
import { fromSnapshot, type Floor } from '../../src/floor';
import type { Agent, Queue, Snapshot, Verdict } from '../../src/protocol';
import { fakeFloor } from '../story/fake-floor.mjs';

const now = Date.UTC(2026, 10, 23, 2, 42);
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString();
const floorOf = (changes: Partial<Snapshot> = {}): Floor => fromSnapshot({ ...fakeFloor({ agents: 12, now }), ...changes });
const someAgent = [...floorOf().agents.values()][0]!;
const someQueue = [...floorOf().queues.values()][0]!;
const queue = (name: string, waiting: number, seconds: number | null, more: Partial<Queue> = {}): Queue =>
  ({ ...someQueue, name, label: name, waiting, oldestWaitSince: seconds === null ? null : ago(seconds), ...more });
const verdict = (more: Partial<Verdict>): Verdict => ({
  id: 'v', rule: 'settle-in', clause: 'D3.2', severity: 'warning', subject: { kind: 'agent', id: '1001' }, openedAt: ago(30), closedAt: null,
  text: { zh: '句', en: 'sentence' }, evidence: [], gaps: [], status: 'open', history: [], ...more,
});

describe('queues by urgency', () => {
  it('puts who waits beyond the promise first, then who waits, then the calm by name', () => {
    const rows = queueRows(floorOf({ queues: [queue('b', 0, null), queue('a', 0, null), queue('new', 1, 3), queue('old', 1, 25), queue('ancient', 1, 70)] }), now);
    expect(rows.map((row) => [row.queue.name, row.heat])).toEqual([['ancient', 'hot'], ['old', 'warm'], ['new', 'calm'], ['a', 'calm'], ['b', 'calm']]);
  });

  it('measures a wait against the queue\'s own promise', () => {
    const level = { value: null, withinMs: 5_000, formula: 'offered' as const };
    expect(queueRows(floorOf({ queues: [queue('vip', 1, 16, { serviceLevel: level })] }), now)[0]!.heat).toBe('hot');
  });

  it('is hot while a verdict about the queue is open', () => {
    const open = verdict({ subject: { kind: 'queue', id: 'a' } });
    expect(queueRows(floorOf({ queues: [queue('a', 0, null)], verdicts: [open] }), now)[0]!.heat).toBe('hot');
    expect(queueRows(floorOf({ queues: [queue('a', 0, null)], verdicts: [{ ...open, status: 'pending' }] }), now)[0]!.heat).toBe('calm');
  });
});

describe('breaks', () => {
  const onBreak = (id: string, endsIn: number | null): Agent => ({
    ...someAgent, id, state: 'onBreak', break: { kind: 'short', reason: 'short', since: ago(200), endsAt: endsIn === null ? null : ago(-endsIn) },
  });

  it('come with the longest overrun on top and those without limit last; at the very limit it is over', () => {
    const rows = breakRows(floorOf({ agents: [onBreak('none', null), onBreak('left', 10), onBreak('just', 0), onBreak('long', -90)] }), now);
    expect(rows.map((row) => [row.agent.id, row.over])).toEqual([['long', true], ['just', true], ['left', false], ['none', false]]);
  });

  it('are not shown of one who is on a call or out of sight, though the break runs on beneath', () => {
    expect(breakRows(floorOf({ agents: [{ ...onBreak('a', -5), state: 'onCall' }, { ...onBreak('b', -5), state: 'unknown' }] }), now)).toEqual([]);
  });
});

describe('alarms', () => {
  it('put a lost switch first, then the grave, then the new; closed and pending verdicts are none', () => {
    const list = alarms(floorOf({
      feeds: [{ name: 'pbx-1', kind: 'ami', state: 'lost', since: ago(5) }, { name: 'pbx-2', kind: 'ami', state: 'connecting', since: ago(5) }],
      store: { state: 'behind', since: ago(9) },
      verdicts: [verdict({ id: 'old' }), verdict({ id: 'new', openedAt: ago(3) }), verdict({ id: 'grave', severity: 'critical' }), verdict({ id: 'p', status: 'pending' }), verdict({ id: 'c', closedAt: ago(1) })],
    }));
    expect(list.map((alarm) => alarm.id)).toEqual(['feed:pbx-1', 'grave', 'new', 'store', 'old']);
  });

  it('are none on a calm floor', () => expect(alarms(floorOf())).toEqual([]));

  it('name their subject as people do', () => {
    const floor = floorOf({ agents: [{ ...someAgent, id: '1001', name: '王小明' }] });
    expect(subjectName(floor, verdict({}))).toBe('王小明');
    expect(subjectName(floor, verdict({ subject: { kind: 'agent', id: '1001', name: 'as sent' } }))).toBe('as sent');
    expect(subjectName(floor, verdict({ subject: { kind: 'queue', id: 'gone' } }))).toBe('gone');
    expect(subjectName(floor, verdict({ subject: { kind: 'floor', id: 'x' } }))).toBe(null);
  });

  it('measure a break from its limit as it stands now, moved or not', () => {
    const agent: Agent = { ...someAgent, id: '1001', state: 'onBreak', break: { kind: 'short', reason: 'short', since: ago(400), endsAt: ago(42) } };
    expect(verdictOver(floorOf({ agents: [agent] }), verdict({ rule: 'break-limit' }), now)).toBe(42_000);
    expect(verdictOver(floorOf({ agents: [] }), verdict({ rule: 'break-limit' }), now)).toBe(30_000);
    expect(verdictOver(floorOf(), verdict({}), now)).toBe(null);
  });
});

describe('agents', () => {
  it('stand by team in the order of the configuration, unknown teams and none after them, always in the same place', () => {
    const agent = (id: string, team: string | null): Agent => ({ ...someAgent, id, team });
    const floor = floorOf({ teams: [{ id: 'b', label: 'B' }, { id: 'a', label: 'A' }, { id: 'empty', label: 'E' }], agents: [agent('10', 'a'), agent('9', 'a'), agent('1', 'b'), agent('x', null), agent('y', 'new')] });
    expect(teamGroups(floor.agents, floor.teams).map((group) => [group.label, group.agents.map((one) => one.id)])).toEqual([
      ['B', ['1']], ['A', ['9', '10']], [null, ['x']], ['new', ['y']],
    ]);
  });

  it('are partly paused when paused in some queues but not in all', () => {
    expect(partlyPaused({ ...someAgent, queues: ['a', 'b'], pausedQueues: ['a'] })).toBe(true);
    expect(partlyPaused({ ...someAgent, queues: ['a', 'b'], pausedQueues: ['a', 'b'] })).toBe(false);
    expect(partlyPaused({ ...someAgent, queues: ['a', 'b'], pausedQueues: [] })).toBe(false);
  });

  it('raise hands in the order they went up', () => {
    const floor = floorOf({ agents: [{ ...someAgent, id: 'a', handRaisedAt: ago(3) }, { ...someAgent, id: 'b', handRaisedAt: ago(9) }, { ...someAgent, id: 'c', handRaisedAt: null }] });
    expect(hands(floor).map((agent) => agent.id)).toEqual(['b', 'a']);
  });
});

describe('counts', () => {
  it('that began later than the day say so, and the floor says the latest of them', () => {
    const floor = floorOf({ businessDayStartedAt: ago(3_600), queues: [queue('a', 0, null, { countedSince: ago(3_600), offered: 3, answered: 2, abandoned: 1 }), queue('b', 0, null, { countedSince: ago(600), offered: 1, answered: 1, abandoned: 0 })] });
    expect([...floor.queues.values()].map((one) => countedLate(one, floor))).toEqual([false, true]);
    expect(dayFigures(floor)).toEqual({ offered: 4, answered: 3, abandoned: 1, connectRate: 0.75, since: now - 600_000 });
  });

  it('leave callers who still wait out of the connect rate, and count those who left otherwise', () => {
    const floor = floorOf({ queues: [queue('a', 6, 9, { offered: 10, answered: 3, abandoned: 0, left: 1 })] });
    expect(dayFigures(floor).connectRate).toBe(0.75);
  });

  it('of a day without calls have no rate, rather than one of nothing', () => {
    expect(dayFigures(floorOf({ queues: [] })).connectRate).toBe(null);
  });
});
