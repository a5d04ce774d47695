import { toMs } from '../../format';
import type { Key } from '../../i18n/index.svelte';
import type { Agent } from '../../protocol';
import { warnBeforeMs } from './matters';

/** Something an agent is to be told though the page is not in front: once for each key. */
export interface Notice { key: string; say: Key; values?: Record<string, string>; body?: string }

/** What is to be told now, whether it was told already or not; what lies too far back is old news. */
export function notices(agent: Agent, at: number): Notice[] {
  const found: Notice[] = [];
  const just = (instant: number | null, lead = 0) => instant !== null && at >= instant - lead && at < instant - lead + 30_000;
  const slot = toMs(agent.ticket?.startsAt);
  if (agent.ticket && agent.ticket.status !== 'queued' && just(slot)) found.push({ key: `slot:${slot}`, say: 'me.noticeSlot' });
  const ends = agent.state === 'onBreak' ? toMs(agent.break?.endsAt) : null;
  const warnAt = ends === null ? null : toMs(agent.break?.warnAt) ?? ends - warnBeforeMs;
  if (just(warnAt)) found.push({ key: `warn:${ends}`, say: 'me.noticeWarn' });
  if (just(ends)) found.push({ key: `over:${ends}`, say: 'me.noticeOver' });
  for (const message of agent.messages ?? [])
    if (!message.readAt && just(toMs(message.at))) found.push({ key: `message:${message.id}`, say: 'me.noticeMessage', values: { from: message.from }, body: message.text });
  return found;
}

/** Remembers what was told, so that nothing is told twice; only the newest, a page is open all day. */
export class Told {
  private readonly keys: string[] = [];

  fresh(due: readonly Notice[]): Notice[] {
    const news = due.filter(({ key }) => !this.keys.includes(key));
    this.keys.push(...news.map(({ key }) => key));
    if (this.keys.length > 64) this.keys.splice(0, this.keys.length - 64);
    return news;
  }
}
