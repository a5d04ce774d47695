import type { Floor } from './floor';
import { since, toMs } from './format';
import type { Agent, AgentState, Queue, Severity, Verdict } from './protocol';

/** How long a caller waits before the wall says so in colour: the queue's own service-level time, and three times it. */
export type Heat = 'calm' | 'warm' | 'hot';

/** A queue on the wall; `long`: somebody has waited so long that it pulses. */
export interface QueueRow { queue: Queue; waitMs: number; heat: Heat; long: boolean }

/** Queues by urgency: who has waited longest against the queue's own promise comes first; calm ones by name, so that they stay put. */
export function queueRows(floor: Pick<Floor, 'queues' | 'verdicts'>, now: number, longMs = Infinity): QueueRow[] {
  const judged = new Set([...floor.verdicts.values()].filter((v) => isOpen(v) && v.subject.kind === 'queue').map((v) => v.subject.id));
  const rows = [...floor.queues.values()].map((queue): QueueRow => {
    const waitMs = queue.waiting > 0 ? since(queue.oldestWaitSince, now) : 0;
    const share = waitMs / Math.max(queue.serviceLevel.withinMs, 1_000);
    return { queue, waitMs, long: waitMs >= longMs, heat: judged.has(queue.name) || share >= 3 ? 'hot' : share >= 1 ? 'warm' : 'calm' };
  });
  const rank = { hot: 0, warm: 1, calm: 2 };
  return rows.sort((a, b) =>
    rank[a.heat] - rank[b.heat]
    || Number(b.queue.waiting > 0) - Number(a.queue.waiting > 0)
    || (toMs(a.queue.oldestWaitSince) ?? 0) - (toMs(b.queue.oldestWaitSince) ?? 0)
    || a.queue.label.localeCompare(b.queue.label));
}

/** The heat of the whole floor: that of its most urgent queue. */
export const hottest = (rows: QueueRow[]): Heat => rows[0]?.heat ?? 'calm';

/** Infinity less Infinity is no number, so instants are compared, not subtracted. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

export interface BreakRow { agent: Agent; endsAt: number | null; over: boolean }

/** Breaks: the overrun ones first, the longest overrun on top, then by what is left; those without a limit last. */
export function breakRows(floor: Floor, now: number): BreakRow[] {
  const rows: BreakRow[] = [];
  for (const agent of floor.agents.values()) {
    if (!agent.break || agent.state !== 'onBreak') continue;
    const endsAt = toMs(agent.break.endsAt);
    rows.push({ agent, endsAt, over: endsAt !== null && now >= endsAt });
  }
  return rows.sort((a, b) => compare(a.endsAt ?? Infinity, b.endsAt ?? Infinity) || byId(a.agent.id, b.agent.id));
}

/** Raised hands: those that nobody saw yet first, then the longest. */
export const hands = (floor: Floor): Agent[] =>
  where(floor.agents.values(), (agent) => !!agent.handRaisedAt).sort((a, b) =>
    Number(!!a.handAcknowledgedAt) - Number(!!b.handAcknowledgedAt) || a.handRaisedAt!.localeCompare(b.handRaisedAt!));

/** How many wait for a break. */
export const queuedForBreak = (floor: Floor): number => where(floor.agents.values(), (agent) => agent.ticket?.status === 'queued').length;

/** Those of many that are meant, without a list of all: a wall asks this of every agent at every delta. */
function where<T>(all: Iterable<T>, isMeant: (one: T) => boolean): T[] {
  const found: T[] = [];
  for (const one of all) if (isMeant(one)) found.push(one);
  return found;
}

/** What a person is called here: by name, or on a wall without names by the team. */
export const calledHere = (floor: Floor, agent: Agent | undefined): string | null =>
  agent?.name || (floor.teams.find((team) => team.id === agent?.team)?.label ?? null);

/** Something that asks for a person now. */
export interface Alarm {
  id: string;
  kind: 'feed' | 'store' | 'verdict' | 'note';
  severity: Severity;
  since: number;
  verdict?: Verdict;
  who?: string;
  text?: { zh: string; en: string };
}

const gravity: Record<Severity, number> = { critical: 0, warning: 1, info: 2 };

/** Everything that asks for a person: lost links first, then verdicts by gravity, the newest on top. */
export function alarms(floor: Floor): Alarm[] {
  const found: Alarm[] = [];
  for (const feed of floor.feeds)
    if (feed.state === 'lost') found.push({ id: `feed:${feed.name}`, kind: 'feed', severity: 'critical', since: Date.parse(feed.since), who: feed.name });
  if (floor.store && floor.store.state !== 'ok')
    found.push({ id: 'store', kind: 'store', severity: floor.store.state === 'away' ? 'critical' : 'warning', since: toMs(floor.store.since) ?? Date.parse(floor.at) });
  for (const note of floor.notes ?? [])
    found.push({ id: `note:${note.key}`, kind: 'note', severity: 'warning', since: Date.parse(note.since), text: note.text });
  for (const verdict of floor.verdicts.values())
    if (isOpen(verdict))
      found.push({ id: verdict.id, kind: 'verdict', severity: verdict.severity, since: Date.parse(verdict.openedAt), verdict, text: verdict.text });
  const link = (alarm: Alarm) => (alarm.kind === 'feed' ? 0 : 1);
  return found.sort((a, b) => link(a) - link(b) || gravity[a.severity] - gravity[b.severity] || b.since - a.since || a.id.localeCompare(b.id));
}

const isOpen = (verdict: Verdict) => verdict.status === 'open' && !verdict.closedAt;

/** What an alarm is about, by the name that people use. */
export function subjectName(floor: Floor, verdict: Verdict): string | null {
  const { kind, id, name } = verdict.subject;
  if (name) return name;
  if (kind === 'agent') return calledHere(floor, floor.agents.get(id)) ?? (name === '' ? null : id);
  if (name === '') return null;
  if (kind === 'queue') return floor.queues.get(id)?.label ?? id;
  if (kind === 'team') return floor.teams.find((team) => team.id === id)?.label ?? id;
  return null;
}

/** How far a verdict is over what is allowed, growing live while the break, the hand or the wait goes on. */
export function verdictOver(floor: Floor, verdict: Verdict, now: number): number | null {
  const agent = verdict.subject.kind === 'agent' ? floor.agents.get(verdict.subject.id) : undefined;
  if (verdict.rule === 'break-limit') {
    const endsAt = toMs(agent?.break?.endsAt) ?? Date.parse(verdict.openedAt);
    return Math.max(0, now - endsAt);
  }
  return null;
}

// Made once: a collator costs more than all the comparisons of a floor.
const byId = new Intl.Collator('en', { numeric: true }).compare;

/** Sorts in place, unless it is in order already, as it nearly always is: the service sends agents by id. */
function order(agents: Agent[]): void {
  for (let i = 1; i < agents.length; i++) if (byId(agents[i - 1]!.id, agents[i]!.id) > 0) return void agents.sort((a, b) => byId(a.id, b.id));
}

export interface TeamGroup { id: string; label: string | null; agents: Agent[]; counts: Partial<Record<AgentState, number>> }

/** Agents by team in the order of the configuration, within a team always in the same place: a wall is learnt by heart. */
export function teamGroups(agents: ReadonlyMap<string, Agent>, teams: Floor['teams']): TeamGroup[] {
  const groups = new Map<string, TeamGroup>(teams.map((team) => [team.id, { id: team.id, label: team.label, agents: [], counts: {} }]));
  for (const agent of agents.values()) {
    const id = agent.team ?? '';
    let group = groups.get(id);
    if (!group) groups.set(id, (group = { id, label: agent.team, agents: [], counts: {} }));
    group.agents.push(agent);
    group.counts[agent.state] = (group.counts[agent.state] ?? 0) + 1;
  }
  for (const group of groups.values()) order(group.agents);
  return [...groups.values()].filter((group) => group.agents.length > 0);
}

/** What a small tile can hold of a name: a Chinese name whole, of others the first word. */
export const shortName = (name: string): string => name.split(/[\s·-]/)[0] || name;

/** Whether an agent is paused in some queues but not in all: still to be called, and shown as partly paused. */
export const partlyPaused = (agent: Agent): boolean =>
  agent.pausedQueues.length > 0 && agent.pausedQueues.length < agent.queues.length;

/** Whether a queue's counts begin later than the business day (by more than a minute): then they are never shown as the whole day's. */
export const countedLate = (queue: Pick<Queue, 'countedSince'>, floor: Pick<Floor, 'businessDayStartedAt'>): boolean =>
  !floor.businessDayStartedAt || Date.parse(queue.countedSince) > Date.parse(floor.businessDayStartedAt) + 60_000;

export interface DayFigures { offered: number; answered: number; abandoned: number; connectRate: number | null; since: number | null }

/**
 * The day's calls over all queues; `since` is the latest beginning of counting where one began late. The connect rate is of the
 * calls that are decided, as the service's own: who still waits has not been missed yet.
 */
export function dayFigures(floor: Floor): DayFigures {
  const day: DayFigures = { offered: 0, answered: 0, abandoned: 0, connectRate: null, since: null };
  let left = 0;
  for (const queue of floor.queues.values()) {
    left += queue.left;
    day.offered += queue.offered;
    day.answered += queue.answered;
    day.abandoned += queue.abandoned;
    if (countedLate(queue, floor)) day.since = Math.max(day.since ?? 0, Date.parse(queue.countedSince));
  }
  const decided = day.answered + day.abandoned + left;
  if (decided > 0) day.connectRate = day.answered / decided;
  return day;
}
