import { describe, expect, it } from 'vitest';
import type { StripBucket } from '../../src/protocol';
import { columns, trafficFigures } from '../../src/traffic';
import { pageAt, within } from '../../src/walls';

describe('the pages of a wall', () => {
  const pages = [{ show: 'overview', forMs: 40_000 }, { show: 'traffic', forMs: 15_000 }, { show: 'queues', forMs: 5_000 }];

  it('take turns by the time alone, each as long as it was given', () => {
    expect([0, 39_999, 40_000, 54_999, 55_000, 59_999, 60_000].map((now) => pageAt(pages, now).show))
      .toEqual(['overview', 'overview', 'traffic', 'traffic', 'queues', 'queues', 'overview']);
    expect(pageAt(pages, 41_000)).toEqual({ show: 'traffic', index: 1, count: 3 });
  });

  it('are the overview where there are none, or none that this page knows', () => {
    expect(pageAt([], 5)).toEqual({ show: 'overview', index: 0, count: 1 });
    expect(pageAt([{ show: 'hologram', forMs: 9_000 }, { show: 'agents', forMs: 0 }], 5).show).toBe('overview');
    expect(pageAt([{ show: 'hologram', forMs: 9_000 }, { show: 'agents', forMs: 5_000 }], 5)).toEqual({ show: 'agents', index: 0, count: 1 });
  });
});

describe('a part of every day', () => {
  it('begins with its first minute, ends before its last, and may pass midnight', () => {
    expect(['21:59', '22:00', '06:59', '07:00'].map((time) => within({ from: '22:00', to: '07:00' }, time))).toEqual([false, true, true, false]);
    expect(['11:59', '12:00', '12:59', '13:00'].map((time) => within({ from: '12:00', to: '13:00' }, time))).toEqual([false, true, true, false]);
  });
});

describe('half an hour of traffic', () => {
  const bucket = (minute: number, offered: number | null, answered = offered, abandoned: number | null = offered === null ? null : 0, inTime = answered): StripBucket =>
    ({ at: new Date(minute * 60_000).toISOString(), offered, answered, abandoned, within: inTime });

  it('is summed over what was seen, and says when a part was not', () => {
    expect(trafficFigures({ bucketMs: 60_000, buckets: [bucket(0, 4, 3, 1, 2), bucket(1, 6, 6, 0, 6)] })).toEqual({ offered: 10, answered: 9, abandoned: 1, level: 0.8, seen: true });
    expect(trafficFigures({ bucketMs: 60_000, buckets: [bucket(0, null), bucket(1, 1)] })).toEqual({ offered: 1, answered: 1, abandoned: 0, level: 1, seen: false });
    expect(trafficFigures({ bucketMs: 60_000, buckets: [] }).level).toBe(null);
  });

  it('is drawn with abandoned on top of answered and a service level over five minutes; a gap is a gap', () => {
    const [at, offered, left, answered, level] = columns({ bucketMs: 60_000, buckets: [bucket(0, 2, 1, 1, 0), bucket(1, null), bucket(2, 2, 2, 0, 2), bucket(3, 0)] });
    expect(at).toEqual([0, 60, 120, 180]);
    expect(offered).toEqual([2, null, 2, 0]);
    expect(left).toEqual([2, null, 2, 0]);
    expect(answered).toEqual([1, null, 2, 0]);
    expect(level).toEqual([0, null, 0.5, 0.5]);
  });
});
