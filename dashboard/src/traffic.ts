import type { Strip } from './protocol';

/** The half hour in numbers; `seen` is false where a part of it was out of sight. The service level is that of answered in time ÷ offered. */
export interface TrafficFigures { offered: number; answered: number; abandoned: number; level: number | null; seen: boolean }

export function trafficFigures(strip: Strip): TrafficFigures {
  const sum: TrafficFigures = { offered: 0, answered: 0, abandoned: 0, level: null, seen: true };
  let inTime = 0;
  for (const bucket of strip.buckets) {
    if (bucket.offered === null) sum.seen = false;
    sum.offered += bucket.offered ?? 0;
    sum.answered += bucket.answered ?? 0;
    sum.abandoned += bucket.abandoned ?? 0;
    inTime += bucket.within ?? 0;
  }
  if (sum.offered > 0) sum.level = inTime / sum.offered;
  return sum;
}

/** How many buckets the drawn service level is taken over: a minute alone jumps between nothing and everything. */
export const levelOver = 5;

/** A column for the plot; null where nothing was seen. */
export type Column = (number | null)[];

/** The strip as the plot's columns: seconds, offered, abandoned on top of answered, answered, and the service level (0 to 1) over the last five buckets. */
export function columns(strip: Strip): [at: number[], offered: Column, left: Column, answered: Column, level: Column] {
  const { buckets } = strip;
  return [
    buckets.map((bucket) => Date.parse(bucket.at) / 1_000),
    buckets.map((bucket) => bucket.offered),
    buckets.map((bucket) => (bucket.answered === null ? null : bucket.answered + (bucket.abandoned ?? 0))),
    buckets.map((bucket) => bucket.answered),
    buckets.map((bucket, i) => {
      if (bucket.offered === null) return null;
      const last = buckets.slice(Math.max(0, i - levelOver + 1), i + 1);
      const offered = last.reduce((sum, one) => sum + (one.offered ?? 0), 0);
      return offered > 0 ? last.reduce((sum, one) => sum + (one.within ?? 0), 0) / offered : null;
    }),
  ];
}
