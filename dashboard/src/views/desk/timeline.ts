import type { Hour } from '../../protocol';
import { shareOf } from '../me/matters';
import type { Timeline } from './contract';

/** A stretch of a lane, in percent of its width. */
export interface Piece { key: string; kind: string; detail: string | null; left: number; width: number; since: number; until: number | null }

/** The day's strip: what stretch of time it shows, and what lies on each lane. */
export interface Strip { from: number; until: number; states: Piece[]; breaks: Piece[]; calls: Piece[]; marks: { key: string; left: number; at: number; severity: string; rule: string }[]; hours: { at: number; left: number }[] }

const hour = 3_600_000;

/** A break of the hour; one that goes on has no end. */
export interface HourBreak { since: number; until: number | null }

/** What of the day's short breaks counts in an hour, in its order: what is taken of it is their sum. One that still runs has no end. */
export const shortBreaksOf = (day: Timeline, hour: Hour): HourBreak[] => !hour.since || !hour.until ? [] : day.breaks
  .filter((one) => one.kind === 'short')
  .map((one) => ({ share: shareOf(hour, one, one.until ? Date.parse(one.until) : Infinity), runs: !one.until }))
  .flatMap(({ share, runs }) => share ? [{ since: share.since, until: runs ? null : share.until }] : []);

/** From the shift's start or the first sign of the agent, to the shift's end or now: at least an hour, so that a first minute does not fill it. */
export function stripOf(day: Timeline, shift: { startsAt: string; endsAt: string } | null | undefined, now: number): Strip {
  const seen = day.states.filter((span) => span.state !== 'signedOut').map((span) => Date.parse(span.since));
  const starts = [...seen, ...(shift ? [Date.parse(shift.startsAt)] : [])];
  const from = Math.max(Date.parse(day.from), starts.length > 0 ? Math.min(...starts) : now - hour);
  const last = Math.min(now, Date.parse(day.until));
  const until = Math.max(last, from + hour, shift ? Math.min(Date.parse(shift.endsAt), Date.parse(day.from) + 24 * hour) : 0);
  const place = (at: number) => ((Math.min(until, Math.max(from, at)) - from) / (until - from)) * 100;
  const piece = (kind: string, detail: string | null, since: string, end: string | null): Piece => {
    const [a, b] = [Date.parse(since), end ? Date.parse(end) : last];
    return { key: `${kind}:${since}:${detail}`, kind, detail, left: place(a), width: Math.max(0, place(b) - place(a)), since: a, until: end ? b : null };
  };
  const hours = [];
  // So many labels as there is room for, and none in the last part.
  const step = hour * ([1, 2, 3, 4, 6].find((hours) => (until - from) / (hours * hour) <= 8) ?? 12);
  for (let at = Math.ceil(from / step) * step; place(at) < 90; at += step) hours.push({ at, left: place(at) });
  return {
    from, until, hours,
    states: day.states.map((span) => piece(span.state, span.detail, span.since, span.until)).filter((one) => one.width > 0),
    breaks: day.breaks.map((span) => piece(span.kind, null, span.since, span.until)),
    calls: day.calls.filter((call) => call.answered).map((call) => piece(call.direction, call.party, call.since, call.until)),
    marks: day.verdicts.map((verdict) => ({ key: verdict.id, left: place(Date.parse(verdict.openedAt)), at: Date.parse(verdict.openedAt), severity: verdict.severity, rule: verdict.rule })),
  };
}
