import { describe, expect, it } from 'vitest';
import { fromSnapshot } from '../../src/floor';
import type { Agent, DispositionStep, Snapshot, Verdict } from '../../src/protocol';
import { inbox, needsSomebody } from '../../src/views/desk/inbox';
import type { Timeline } from '../../src/views/desk/contract';
import { shortBreaksOf, stripOf } from '../../src/views/desk/timeline';
import { firstWho } from '../../src/views/desk/who.svelte';
// The same floor that the stories open.
import { fakeFloor } from '../story/fake-floor.mjs';

const at = Date.parse('2026-11-23T02:00:00.000Z');
const ago = (s: number) => new Date(at - s * 1_000).toISOString();
const quiet = { handRaisedAt: null, ticket: null, break: null, state: 'available' } as const;

function floorOf(change: (agents: Agent[]) => Verdict[] | void) {
  const snapshot = fakeFloor({ agents: 6 }) as Snapshot;
  const agents = snapshot.agents.map((agent): Agent => ({ ...agent, ...quiet }));
  const verdicts = change(agents) ?? [];
  return fromSnapshot({ ...snapshot, agents, verdicts, dutyWatch: null });
}

const verdict = (id: string, severity: Verdict['severity'], more: Partial<Verdict> = {}): Verdict => ({
  id, rule: 'away', clause: 'D3.6', severity, subject: { kind: 'agent', id: '1001' }, openedAt: ago(60), closedAt: null,
  text: { zh: 'x', en: 'x' }, evidence: [], gaps: [], status: 'open', history: [], ...more,
});

describe('what is to do', () => {
  it('is sorted by what presses most: critical, hands nobody is on, requests, overdue breaks, warnings, hands somebody is on', () => {
    const floor = floorOf((agents) => {
      agents[0]!.handRaisedAt = ago(10);
      Object.assign(agents[1]!, { handRaisedAt: ago(900), handAcknowledgedAt: ago(800) });
      agents[2]!.ticket = { kind: 'short', status: 'queued', requestedAt: ago(300), startsAt: null, endsAt: null, position: 1, by: 'planner', text: { zh: '', en: '' } };
      Object.assign(agents[3]!, { state: 'onBreak', break: { kind: 'short', reason: '', since: ago(400), endsAt: ago(100) } });
      return [verdict('w', 'warning'), verdict('c', 'critical'), verdict('i', 'info')];
    });
    expect(inbox(floor, 'me', () => true, at).map((item) => item.key)).toEqual(['verdict:c', 'hand:1001', 'request:1003', 'overdue:1004', 'verdict:w', 'hand:1002']);
  });

  it('holds what concerns my agents, and what concerns the floor for everybody', () => {
    const floor = floorOf((agents) => {
      agents[0]!.handRaisedAt = ago(10);
      agents[5]!.handRaisedAt = ago(10);
      return [verdict('theirs', 'warning', { subject: { kind: 'agent', id: '1006' } }), verdict('floor', 'warning', { subject: { kind: 'floor', id: 'x' } })];
    });
    expect(inbox(floor, 'me', (agent) => agent?.id === '1001', at).map((item) => item.key)).toEqual(['hand:1001', 'verdict:floor']);
  });

  it('leaves out what somebody knows of already, but never a dispute', () => {
    const said = (step: DispositionStep) => verdict('v', 'warning', { disposition: { step, by: 'x', at: ago(1), reason: null } });
    expect(needsSomebody(verdict('v', 'warning'))).toBe(true);
    expect(needsSomebody(said('acknowledged'))).toBe(false);
    expect(needsSomebody({ ...said('disputed'), status: 'closed' })).toBe(true);
    expect(needsSomebody(verdict('v', 'warning', { status: 'closed' }))).toBe(false);
  });
});

describe('the strip of a day', () => {
  const day: Timeline = {
    agent: '1', name: 'x', date: '2026-11-23', from: ago(6 * 3_600), until: ago(0), breaks: [], calls: [], verdicts: [],
    states: [
      { state: 'signedOut', since: ago(6 * 3_600), until: ago(7_200), detail: null },
      { state: 'available', since: ago(7_200), until: ago(3_600), detail: null },
      { state: 'onCall', since: ago(3_600), until: null, detail: 'support' },
    ],
  };

  it('begins with the sign-in and ends now, what still goes on included', () => {
    const strip = stripOf(day, null, at);
    expect([strip.from, strip.until]).toEqual([at - 7_200_000, at]);
    expect(strip.states.map((piece) => [piece.kind, piece.left, piece.width])).toEqual([['available', 0, 50], ['onCall', 50, 50]]);
    expect(strip.states[1]!.until).toBeNull();
  });

  it('shows the whole shift where there is one', () => {
    const strip = stripOf(day, { startsAt: ago(9_000), endsAt: ago(-9_000) }, at);
    expect([strip.from, strip.until]).toEqual([at - 9_000_000, at + 9_000_000]);
    expect(strip.states.at(-1)).toMatchObject({ left: 30, width: 20 });
  });

  it('has at most eight labels however long the shift is', () => {
    for (const h of [1, 4, 8, 9, 15, 24]) expect(stripOf(day, { startsAt: ago(h * 3_600), endsAt: ago(0) }, at).hours.length).toBeLessThanOrEqual(8);
  });

  it('is never narrower than an hour', () => {
    const short = { ...day, states: [{ state: 'available', since: ago(60), until: null, detail: null }] };
    expect(stripOf(short, null, at).until - stripOf(short, null, at).from).toBe(3_600_000);
  });
});

describe('the short breaks of an hour', () => {
  const hour = { entitledMs: 300_000, takenMs: 0, since: '2026-11-23T02:00:00.000Z', until: '2026-11-23T03:00:00.000Z', declined: false };
  const instant = (minutes: number) => new Date(Date.parse(hour.since) + minutes * 60_000).toISOString();
  const of = (...breaks: Timeline['breaks']) => shortBreaksOf({ breaks } as Timeline, hour);
  const span = (since: number, until: number | null, its: string | null = null, kind = 'short') => ({ kind, since: instant(since), until: until === null ? null : instant(until), entry: 1, hour: its });
  const at = (minutes: number) => Date.parse(instant(minutes));

  it('are the parts that lie in it of those that nobody arranged', () => {
    expect(of(span(-2, 2), span(30, 31), span(58, 62))).toEqual([{ since: at(0), until: at(2) }, { since: at(30), until: at(31) }, { since: at(58), until: at(60) }]);
    expect(of(span(-2, null))).toEqual([{ since: at(0), until: null }]);
    expect(of(span(-4, 0), span(60, 61), span(10, 40, null, 'meal'))).toEqual([]);
  });

  it('are its own arranged ones wholly, and none that was arranged for another', () => {
    expect(of(span(62, 66, hour.since), span(2, 6, instant(-60)))).toEqual([{ since: at(62), until: at(66) }]);
  });
});

describe('who works at a desk', () => {
  it('is what the address says, then what was said before, else asked', () => {
    expect(firstWho('?as=Helen&team=t1', '{"by":"Anna","team":null}')).toEqual({ by: 'Helen', team: 't1' });
    expect(firstWho('', '{"by":"Anna","team":"t2"}')).toEqual({ by: 'Anna', team: 't2' });
    for (const stored of [null, '', 'null', '7', '{"by":7}', '{}', '{"by":""}', '[']) expect(firstWho('', stored)).toBeNull();
  });
});
