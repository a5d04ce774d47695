import type { Floor } from '../../floor';
import { toMs } from '../../format';
import { language } from '../../i18n/index.svelte';
import type { Agent, Verdict } from '../../protocol';

/** Something that waits for the person at the desk. */
export type Item =
  | { kind: 'duty'; key: string; since: number }
  | { kind: 'hand' | 'request' | 'overdue'; key: string; since: number; agent: Agent }
  | { kind: 'verdict'; key: string; since: number; verdict: Verdict };

const rank: Record<Item['kind'], number> = { duty: 0, hand: 2, request: 3, overdue: 4, verdict: 5 };

/**
 * What is to do, most pressing first: the duty that is offered, critical verdicts, hands nobody is on, requests in the order of
 * asking, overdue breaks, other verdicts nobody has acknowledged, and last the hands that somebody is on.
 */
export function inbox(floor: Floor, by: string, isMine: (agent: Agent | undefined) => boolean, at: number): Item[] {
  const items: Item[] = [];
  const offered = floor.dutyWatch?.handingTo;
  if (offered && offered === by) items.push({ kind: 'duty', key: 'duty', since: at });
  for (const agent of floor.agents.values()) {
    if (!isMine(agent)) continue;
    const hand = toMs(agent.handRaisedAt);
    if (hand !== null) items.push({ kind: 'hand', key: `hand:${agent.id}`, since: hand, agent });
    if (agent.ticket?.status === 'queued') items.push({ kind: 'request', key: `request:${agent.id}`, since: Date.parse(agent.ticket.requestedAt), agent });
    const ends = toMs(agent.break?.endsAt);
    if (agent.state === 'onBreak' && ends !== null && ends <= at) items.push({ kind: 'overdue', key: `overdue:${agent.id}`, since: ends, agent });
  }
  for (const verdict of floor.verdicts.values())
    if (needsSomebody(verdict) && concernsMine(verdict, floor, isMine)) items.push({ kind: 'verdict', key: `verdict:${verdict.id}`, since: Date.parse(verdict.openedAt), verdict });
  return items.sort((a, b) => pressing(a) - pressing(b) || a.since - b.since || (a.key < b.key ? -1 : 1));
}

/** A verdict somebody should look at: open, graver than a note, and nobody has said yet that they know. A dispute always asks for an answer. */
export const needsSomebody = (verdict: Verdict): boolean =>
  verdict.disposition?.step === 'disputed' || (verdict.status === 'open' && verdict.severity !== 'info' && !verdict.disposition);

/** The agent whom a verdict is about, also where it blames the floor for what befell them. */
export const agentOf = (verdict: Verdict): string | null =>
  verdict.concerns ?? (verdict.subject.kind === 'agent' ? verdict.subject.id : null);

/** What a verdict is about, by the name that people use. */
export function subjectName(verdict: Verdict, floor: Floor): string {
  const agent = floor.agents.get(agentOf(verdict) ?? '');
  if (agent) return agent.name;
  return verdict.subject.kind === 'floor' || verdict.subject.kind === 'duty' ? language.t('subject.floor') : (verdict.subject.name ?? verdict.subject.id);
}

function concernsMine(verdict: Verdict, floor: Floor, isMine: (agent: Agent | undefined) => boolean): boolean {
  const agent = agentOf(verdict);
  if (agent !== null) return isMine(floor.agents.get(agent));
  if (verdict.subject.kind !== 'team') return true;
  return [...floor.agents.values()].some((one) => one.team === verdict.subject.id && isMine(one));
}

function pressing(item: Item): number {
  if (item.kind === 'verdict' && item.verdict.severity === 'critical') return 1;
  return item.kind === 'hand' && item.agent.handAcknowledgedAt ? 6 : rank[item.kind];
}
