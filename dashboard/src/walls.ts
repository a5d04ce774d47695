import type { Severity } from './protocol';

/** A part of every day in the site's local time; one that ends before it starts ends on the next day. */
export interface DaySpan { from: string; to: string }

export const pageKinds = ['overview', 'queues', 'agents', 'traffic'] as const;
export type PageKind = (typeof pageKinds)[number];
export interface WallPage { show: string; forMs: number }

/** What walls.yaml says of a wall; it comes with the wall's snapshot, and anew when the file is changed. */
export interface WallSetup {
  name: string;
  title: string | null;
  language: 'zh' | 'en' | null;
  names: boolean;
  teams: string[];
  queues: string[];
  pages: WallPage[];
  flashAfterMs: number;
  sounds: { on: Severity[]; volume: number; quiet: DaySpan[] } | null;
  night: DaySpan | null;
}

/** The wall of a service that knows of none. */
export const plainWall: WallSetup = {
  name: 'default', title: null, language: null, names: true, teams: [], queues: [], pages: [], flashAfterMs: 120_000, sounds: null, night: null,
};

/** Whether a time of day (`HH:mm`) lies in a span: from its first minute on, until before its last. */
export function within(span: DaySpan, time: string): boolean {
  return span.from <= span.to ? time >= span.from && time < span.to : time >= span.from || time < span.to;
}

/**
 * The page whose turn it is. It follows from the time alone, so that all walls of one setting turn together, a reload changes nothing, and
 * there is no timer to forget. What a newer service may invent is passed over.
 */
export function pageAt(pages: readonly WallPage[], now: number): { show: PageKind; index: number; count: number } {
  const known = pages.filter((page): page is WallPage & { show: PageKind } => (pageKinds as readonly string[]).includes(page.show) && page.forMs > 0);
  let left = now % Math.max(1, known.reduce((sum, page) => sum + page.forMs, 0));
  for (const [index, page] of known.entries()) {
    if (left < page.forMs) return { show: page.show, index, count: known.length };
    left -= page.forMs;
  }
  return { show: 'overview', index: 0, count: 1 };
}
