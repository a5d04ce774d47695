/** What the desk asks the service for beyond the live floor: a day as it was, evidence, figures, callers to call back. */
import type { Instant, Text, Verdict } from '../../protocol';

export interface StateSpan { state: string; since: Instant; until: Instant | null; detail: string | null }
export interface BreakSpan { kind: string; since: Instant; until: Instant | null; entry: number; hour?: Instant | null }

export interface CallSpan {
  call: string;
  queue: string | null;
  direction: string;
  party: string | null;
  since: Instant;
  until: Instant | null;
  answered: boolean;
  entry: number;
}

/** GET /api/agents/{id}/timeline */
export interface Timeline {
  agent: string;
  name: string;
  date: string;
  from: Instant;
  until: Instant;
  states: StateSpan[];
  breaks: BreakSpan[];
  calls: CallSpan[];
  verdicts: Verdict[];
}

/** GET /api/verdicts/{id}/evidence */
export interface Evidence { id: number; at: Instant; source: string; raw: string; events: string[] }

/** GET /api/calls/abandoned */
export interface Abandoned {
  queue: string;
  label: string;
  call: string;
  party: string | null;
  joinedAt: Instant;
  abandonedAt: Instant;
  waitedMs: number;
  reachedAt: Instant | null;
  calledBackBy: string | null;
  calledBackAt: Instant | null;
  entry: number;
}

/** GET /api/dead-letters: messages that could not be delivered, newest first. */
export interface DeadLetters { letters: DeadLetter[]; count: number; channels: { channel: string; count: number }[] }

/** `obstacle`: why it cannot be sent again as things are; null where it can. */
export interface DeadLetter {
  id: string;
  channel: string;
  recipient: string | null;
  news: string;
  alert: string;
  title: string;
  since: Instant;
  failedAt: Instant;
  attempts: number;
  error: string | null;
  obstacle: Text | null;
}

/** GET /api/queues/{name}/figures/{figure} */
export interface Figure {
  queue: string;
  figure: string;
  unit: 'count' | 'share' | 'ms';
  value: number | null;
  meaning: Text;
  parts: { name: Text; unit: 'count' | 'ms'; value: number }[];
  countedSince: Instant;
  unseenMs: number;
  listed: number;
  calls: FigureCall[];
}

export interface FigureCall {
  call: string;
  party: string | null;
  agent: string | null;
  at: Instant;
  outcome: string;
  waitedMs: number | null;
  talkedMs: number | null;
  role: string;
  entry: number;
}
