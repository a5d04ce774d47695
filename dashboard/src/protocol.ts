import type { WallSetup } from './walls';

/**
 * The words of the wire, as the service sends them (GET /api/floor, hub messages Snapshot and Delta): camelCase, instants
 * as ISO-8601 UTC with milliseconds, durations as `…Ms` numbers. Nothing here is computed.
 */

/** An instant, ISO-8601 UTC. */
export type Instant = string;

/** A sentence in both languages of the house. */
export interface Text { zh: string; en: string }

export const agentStates = [
  'available', 'ringing', 'onCall', 'onHold', 'wrapUp', 'onBreak', 'unreachable', 'unknown', 'signedOut',
] as const;
export type AgentState = (typeof agentStates)[number];

export type FeedState = 'connecting' | 'synced' | 'lost';
export type StoreState = 'ok' | 'behind' | 'away';
export type Severity = 'info' | 'warning' | 'critical';
export type VerdictStatus = 'pending' | 'open' | 'closed';
export type Formula = 'offered' | 'asterisk' | 'asterisk2';

export interface Feed { name: string; kind: string; state: FeedState; since: Instant; reason?: string | null }
export interface Store { state: StoreState; since?: Instant | null; backlog?: number; note?: string | null }
export interface Team { id: string; label: string; lead?: string | null; supervisor?: string | null }
/** A kind of break and everybody's limit of it; null without one. */
export interface BreakKind { kind: string; limitMs: number | null }
export interface Note { key: string; text: Text; since: Instant }
export interface Duty { holder: string; since: Instant; name?: string | null; seenAt?: Instant | null }

/** How the duty is watched over (D3.8, P4.7). */
export interface DutyWatch {
  uncoveredSince: Instant | null;
  handingTo: string | null;
  /** What people call whom it is handed to; absent from an older service. */
  handingToName?: string | null;
  lastPatrolAt: Instant | null;
  nextPatrolBy: Instant | null;
}

/** A break under way; without `endsAt` it has no limit. */
export interface Break {
  kind: string;
  reason: string;
  since: Instant;
  endsAt: Instant | null;
  /** When the agent is to be warned that it ends; null where nothing warns. */
  warnAt?: Instant | null;
  /** The beginning of the hour whose break it is, wholly; null for one that is shared among the hours it lies in. */
  hour?: Instant | null;
}

/** A break that was asked for or given and has not begun; `position` counts those of the team who wait. */
export interface Ticket {
  kind: string;
  status: 'queued' | 'planned' | 'granted';
  requestedAt: Instant;
  startsAt: Instant | null;
  endsAt: Instant | null;
  position: number | null;
  by: string;
  text: Text;
}

export interface Call {
  id: string;
  queue: string | null;
  direction: 'inbound' | 'outbound' | 'internal';
  since: Instant;
  answered: boolean;
  heldSince: Instant | null;
  party: string | null;
}

export interface Agent {
  id: string;
  name: string;
  team: string | null;
  state: AgentState;
  since: Instant;
  signedInAt: Instant | null;
  seat: string | null;
  queues: string[];
  pausedQueues: string[];
  break: Break | null;
  call: Call | null;
  wrapUpEndsAt: Instant | null;
  handRaisedAt: Instant | null;
  /** The hour of the shift: its short break without one that runs, and whether the agent does without it. */
  hour: Hour | null;
  /** The break that was asked for or given and has not begun. */
  ticket?: Ticket | null;
  /** Until when settle-in (D3.2) holds the agent; null where no lock runs. */
  lockedUntil?: Instant | null;
  /** Exceptions that were given beforehand and neither used nor over. */
  grants?: Grant[];
  /** The shift of the roster that the agent is in or comes to next; null where the roster gives none. */
  shift?: WorkShift | null;
  handAcknowledgedAt?: Instant | null;
  handAcknowledgedBy?: string | null;
  /** The kinds of break of which this agent's limit is another than everybody's; absent from an older service. */
  limits?: BreakKind[];
  /** The newest messages that they have not read. */
  messages?: Message[];
  /** A graded agent's calls per hour on queue (G1), null in the first hour; null without a grade. */
  cph?: { value: number | null; bar: number; grade: string } | null;
  /** What feeds that watch phones (kind sip) see of this one; absent from an older service. */
  phones?: Phone[];
}

/** A phone as one source sees it, and by which of its words (`dialog`, `presence`, `reg`). */
export interface Phone {
  feed: string;
  state: 'unknown' | 'idle' | 'ringing' | 'inUse' | 'onHold' | 'unreachable';
  word: string;
  since: Instant;
  direction: Call['direction'] | null;
  party: string | null;
  /** Why this one phone is not in sight; null while it is. */
  lost: Text | null;
  /** Since when the switch whose queues the agent is in says otherwise; null while they agree. */
  disagreesSince: Instant | null;
}

/** A one-off exception: `sign-out`, `break` or `late`, used up by the act that it allows. */
export interface Grant { id: string; allow: string; reason: string; by: string; at: Instant; until: Instant }

/** The break of the hour, without one that still runs; an older service does not say which hour it is. */
export interface Hour { entitledMs: number; takenMs: number; since?: Instant | null; until?: Instant | null; declined?: boolean }

export interface WorkShift { name: string; date: string; startsAt: Instant; endsAt: Instant; seat: string | null; status: string; mustered: Instant | null }

/** `phone`: how it stands with the agent's desk phone; null or absent where it is on the page alone. */
export interface Message { id: string; at: Instant; from: string; text: string; readAt: Instant | null; phone?: OnPhone | null }
/** `accepted`: the PBX passes it on and does not say whether it arrived. `said`: the PBX's own words. */
export interface OnPhone { state: 'waiting' | 'delivered' | 'accepted' | 'retrying' | 'failed'; at: Instant; said: string }

export interface ServiceLevel { value: number | null; withinMs: number; formula: Formula }

/** The last half hour; `minutes` of it were seen. The service level is by the queue's own formula. */
export interface Recent { minutes: number; offered: number; answered: number; abandoned: number; serviceLevel: number | null }

/** The floor's traffic in equal buckets, oldest first, the running one last; numbers are null where no switch was in sight. */
export interface Strip { bucketMs: number; buckets: StripBucket[] }
export interface StripBucket { at: Instant; offered: number | null; answered: number | null; abandoned: number | null; within: number | null }

export interface Queue {
  name: string;
  label: string;
  waiting: number;
  oldestWaitSince: Instant | null;
  signedIn: number;
  available: number;
  onCall: number;
  onBreak: number;
  offered: number;
  answered: number;
  abandoned: number;
  left: number;
  serviceLevel: ServiceLevel;
  asaMs: number | null;
  ahtMs: number | null;
  abandonRate: number | null;
  connectRate: number | null;
  countedSince: Instant;
  unseenMs: number;
  missed: number;
  /** When somebody last called back one of today's callers who gave up: the list of them is another one since. */
  calledBackAt?: Instant | null;
  /** A service older than the strip does not send it. */
  recent?: Recent;
}

export interface Totals {
  waiting: number;
  oldestWaitSince: Instant | null;
  onBreak: number;
  internalCalls: number;
  signedIn: number;
  available: number;
  onCall: number;
  ringing: number;
  wrapUp: number;
  unreachable: number;
  unknown: number;
}

export interface VerdictStep { at: Instant; by: string; step: string; note: Text }

export interface Verdict {
  id: string;
  rule: string;
  clause: string;
  /** The clause as each language's handbook prints it; absent from an older service. */
  clauseText?: Text;
  severity: Severity;
  subject: { kind: string; id: string; name?: string | null };
  openedAt: Instant;
  closedAt: Instant | null;
  thresholdMs?: number | null;
  measuredMs?: number | null;
  threshold?: number | null;
  measured?: number | null;
  text: Text;
  evidence: number[];
  gaps: { since: Instant; until: Instant }[];
  status: VerdictStatus;
  history: VerdictStep[];
  /** The agent whose situation it is when the subject is the floor or a team. */
  concerns?: string | null;
  /** What people last said about it. */
  disposition?: Disposition | null;
}

export const dispositionSteps = ['acknowledged', 'excused', 'disputed', 'upheld', 'overturned'] as const;
export type DispositionStep = (typeof dispositionSteps)[number];

/** A person's step in a verdict's history; the history holds them all. */
export interface Disposition { step: DispositionStep; by: string; at: Instant; reason: string | null }

/**
 * What is new of an alert: verdicts of one rule that belong together. `Alert` brings what opened, grew or was passed up, to ring and
 * flash about; `AlertUpdate` brings what was acknowledged or is over, to fall silent about.
 */
export interface AlertNews {
  id: string;
  news: 'opened' | 'grew' | 'escalated' | 'acknowledged' | 'over';
  at: Instant;
  rule: string;
  severity: Severity;
  title: Text;
  text: Text;
  sound: 'none' | 'chime' | 'alarm';
  /** Which screens show it: `desk`, `wall`. */
  screens: string[];
  /** Agents on whose own page it appears. */
  pages: string[];
  /** Persons of alerts.yaml whose browser shows a notification. */
  browsers: string[];
  open: number;
  count: number;
  step: number;
  acknowledgedBy: string | null;
  acknowledgedAt: Instant | null;
}

/** The payload of `Alert` and `AlertUpdate`: the newest verdict of it, and the alert. */
export interface Alert { verdict: Verdict; alert: AlertNews }

export interface Snapshot {
  version: number;
  at: Instant;
  site: string;
  timeZone: string;
  businessDay: string;
  /** When the business day began; a service that does not send it leaves every count's beginning shown. */
  businessDayStartedAt?: Instant;
  build: string;
  store: Store | null;
  feeds: Feed[];
  teams: Team[];
  breakKinds: BreakKind[];
  agents: Agent[];
  queues: Queue[];
  totals: Totals;
  duty: Duty | null;
  dutyWatch?: DutyWatch | null;
  verdicts: Verdict[];
  notes: Note[];
  /** A service older than it does not send it. */
  strip?: Strip;
  /** The setting of the wall that this was made for; null for every other screen. */
  wall?: WallSetup | null;
}

/** What changed between two versions; an absent key means unchanged. */
export interface Delta {
  from: number;
  version: number;
  at: Instant;
  agents?: Agent[];
  agentsGone?: string[];
  queues?: Queue[];
  queuesGone?: string[];
  feeds?: Feed[];
  totals?: Totals;
  duty?: Duty | null;
  dutyWatch?: DutyWatch | null;
  verdicts?: Verdict[];
  verdictsGone?: string[];
  store?: Store | null;
  teams?: Team[];
  breakKinds?: BreakKind[];
  businessDay?: string;
  businessDayStartedAt?: Instant;
  notes?: Note[];
  strip?: Strip;
}
