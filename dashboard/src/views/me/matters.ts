import { toMs } from '../../format';
import type { Key } from '../../i18n/index.svelte';
import type { Agent, BreakKind, Feed, Hour, Instant, Text } from '../../protocol';

/** The one time that matters to an agent now: what it is, whether it runs down to an instant or up from one, and how it presses. */
export interface Matter { label: Key; until: number | null; since: number; press: 'none' | 'soon' | 'over' }

/** A break is warned of its end this long before, where the service does not say when (`break.warnAt`, by the rule's `warn_before`). */
export const warnBeforeMs = 60_000;

/** A shift that begins within this is what matters to somebody who is not signed in. */
const shiftWithinMs = 2 * 3_600_000;

/** The end of the shift is the one time that matters this long before: it is when one may leave. */
const endWithinMs = 3_600_000;

/** What matters now. `allowedAt` is the instant that the gate named when it last refused something; it matters until it is there. */
export function whatMatters(agent: Agent, at: number, allowedAt: number | null): Matter {
  const since = Date.parse(agent.since);
  const running = (label: Key): Matter => ({ label, until: null, since, press: 'none' });
  switch (agent.state) {
    case 'onBreak': {
      const until = toMs(agent.break?.endsAt);
      const begun = toMs(agent.break?.since) ?? since;
      if (until === null) return { label: 'me.onBreak', until, since: begun, press: 'none' };
      const left = until - at;
      const warnAt = toMs(agent.break?.warnAt) ?? until - warnBeforeMs;
      return { label: left > 0 ? 'me.breakLeft' : 'me.breakOver', until, since: begun, press: left <= 0 ? 'over' : at >= warnAt ? 'soon' : 'none' };
    }
    case 'wrapUp': return { label: 'me.wrapUp', until: toMs(agent.wrapUpEndsAt), since, press: 'none' };
    case 'ringing': return running('me.ringing');
    case 'onCall': return running('me.onCall');
    case 'onHold': return { label: 'me.onHold', until: null, since: toMs(agent.call?.heldSince) ?? since, press: 'none' };
    case 'unknown': return running('me.unknown');
    case 'unreachable': return { label: 'me.unreachable', until: null, since, press: 'soon' };
    case 'signedOut': {
      const starts = toMs(agent.shift?.startsAt);
      return starts !== null && starts > at && starts - at <= shiftWithinMs ? { label: 'me.shiftIn', until: starts, since, press: starts - at <= 600_000 ? 'soon' : 'none' } : running('me.signedOut');
    }
    default: return free(agent, at, allowedAt) ?? running('me.available');
  }
}

// To somebody who is free: a break that is theirs now, the lock, what the gate named, and the break to come, in this order.
function free(agent: Agent, at: number, allowedAt: number | null): Matter | null {
  const since = Date.parse(agent.since);
  const [slot, ends] = [toMs(agent.ticket?.startsAt), toMs(agent.ticket?.endsAt)];
  if (agent.ticket && agent.ticket.status !== 'queued' && slot !== null && slot <= at && (ends === null || ends > at)) return { label: 'me.slotNow', until: ends, since: slot, press: 'soon' };
  const locked = toMs(agent.lockedUntil);
  if (locked !== null && locked > at) return { label: 'me.lockedFor', until: locked, since, press: 'none' };
  if (allowedAt !== null && allowedAt > at) return { label: 'me.allowedIn', until: allowedAt, since, press: 'none' };
  if (slot !== null && slot > at) return { label: 'me.slotIn', until: slot, since, press: 'none' };
  const leaves = shiftEnd(agent, at);
  if (leaves !== null && leaves - at <= endWithinMs) return { label: 'me.leaveIn', until: leaves, since, press: 'none' };
  return null;
}

/** Why this one phone is not watched though its source is in sight, which is then not to be called lost; null otherwise. */
export function unwatched(agent: Agent, feeds: readonly Feed[]): Text | null {
  if (agent.state !== 'unknown') return null;
  return agent.phones?.find((phone) => phone.lost && feeds.some((feed) => feed.name === phone.feed && feed.state === 'synced'))?.lost ?? null;
}

/** When the shift ends that a signed-in agent works now; null where the roster gives none, or it is over. */
export function shiftEnd(agent: Agent, at: number): number | null {
  const [starts, ends] = [toMs(agent.shift?.startsAt), toMs(agent.shift?.endsAt)];
  return agent.state !== 'signedOut' && starts !== null && ends !== null && starts <= at && at < ends ? ends : null;
}

/** How long a break of a kind may last for an agent: by their own limit where they have one, else by everybody's; null without a limit, undefined for no kind. */
export const limitOf = (agent: Agent, kind: string, kinds: readonly BreakKind[]): number | null | undefined =>
  (agent.limits?.find((one) => one.kind === kind) ?? kinds.find((one) => one.kind === kind))?.limitMs;

/** What of a short break counts in an hour: of an arranged one all in its own hour and nothing in another, of any other what lies in it. */
export function shareOf(hour: Hour, taken: { since: Instant; hour?: Instant | null }, until: number): { since: number; until: number } | null {
  const [begun, from, to] = [Date.parse(taken.since), toMs(hour.since), toMs(hour.until)];
  const own = toMs(taken.hour);
  if (own !== null && from !== null) return own === from ? { since: begun, until } : null;
  const share = { since: Math.max(begun, from ?? begun), until: Math.min(until, to ?? until) };
  return share.until > share.since ? share : null;
}

/** How much of this hour's short break is taken: what is over, and what of a short break runs now. */
export function hourTaken(agent: Agent, at: number): { entitledMs: number; takenMs: number } | null {
  if (!agent.hour) return null;
  const share = agent.state === 'onBreak' && agent.break?.kind === 'short' ? shareOf(agent.hour, agent.break, at) : null;
  return { entitledMs: agent.hour.entitledMs, takenMs: agent.hour.takenMs + (share ? Math.max(0, share.until - share.since) : 0) };
}
