import { describe, expect, it } from 'vitest';
import { countdown, duration, left, percent, shortDuration, since, SiteTime, wait } from '../../src/format';

const s = 1_000;
const m = 60 * s;
const h = 60 * m;

describe('running times', () => {
  it.each([[0, '0:00'], [7 * s + 999, '0:07'], [12 * m + 40 * s, '12:40'], [h + 2 * m + 7 * s, '1:02:07'], [27 * h, '27:00:00']])(
    '%i ms reads %s', (ms, text) => expect(duration(ms)).toBe(text));

  it.each([[59 * s, '59s'], [60 * s, '1m'], [59 * m + 59 * s, '59m'], [3 * h, '3h']])('in a small tile %i ms reads %s', (ms, text) =>
    expect(shortDuration(ms)).toBe(text));

  it.each([[30 * m, '30:00'], [18 * m + 1, '18:01'], [100 * m, '1h40'], [0, '+0:00'], [-99 * m, '+99:00'], [-100 * m, '+1h40']])(
    'of a limit %i ms away %s is left, on a wall', (ms, text) => expect(left(ms, 0)).toBe(text));

  it.each([[0, '0:00'], [99 * m + 59 * s, '99:59'], [100 * m, '1h40'], [26 * h + 5 * m, '26h05'], [200 * h, '>99h']])(
    'a wait of %i ms reads %s, in at most five characters', (ms, text) => {
      expect(wait(ms)).toBe(text);
      expect(wait(ms).length).toBeLessThanOrEqual(5);
    });

  it('never run below zero when a message is ahead of the estimated clock', () => {
    expect(since('2026-11-23T02:42:01.000Z', Date.parse('2026-11-23T02:42:00.400Z'))).toBe(0);
    expect(since(null, 5)).toBe(0);
  });
});

describe('a countdown', () => {
  it('reaches 0:01 in the last second, 0:00 at the limit, and counts up with a sign beyond it', () => {
    expect(countdown(5 * m, 0)).toBe('5:00');
    expect(countdown(5 * m, 5 * m - 1)).toBe('0:01');
    expect(countdown(5 * m, 5 * m)).toBe('+0:00');
    expect(countdown(5 * m, 5 * m + 2 * s + 999)).toBe('+0:02');
  });
});

describe('a share', () => {
  it.each([[null, '–'], [undefined, '–'], [0, '0%'], [0.29, '29%'], [0.57, '57%'], [0.996, '99%'], [1, '100%']])('%s reads %s', (share, text) =>
    expect(percent(share)).toBe(text));
});

describe('times of day', () => {
  const at = Date.parse('2026-11-22T16:05:09Z');

  it('are the site\'s, not the browser\'s, and midnight is 00', () => {
    expect(new SiteTime('Asia/Shanghai').seconds(at)).toBe('00:05:09');
    expect(new SiteTime('Asia/Shanghai').minutes(at)).toBe('00:05');
    expect(new SiteTime('Etc/UTC').minutes(at)).toBe('16:05');
    expect(new SiteTime('Asia/Shanghai').day(at, 'zh-CN')).toContain('11月23日');
    expect(new SiteTime('Asia/Shanghai').day(at, 'en-GB')).toContain('23 November');
  });

  it('are UTC where the zone is unknown, rather than nothing', () => {
    expect(new SiteTime('Mars/Olympus').minutes(at)).toBe('16:05');
  });
});
