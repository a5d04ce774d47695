import type { Instant } from './protocol';

/** Milliseconds since 1970 of an instant of the wire; null stays null. */
export const toMs = (instant: Instant | null | undefined): number | null => (instant ? Date.parse(instant) : null);

/** How long since an instant, never below zero: a message may be a moment ahead of the estimated clock. */
export const since = (instant: Instant | null | undefined, now: number): number =>
  instant ? Math.max(0, now - Date.parse(instant)) : 0;

const two = (value: number) => String(value).padStart(2, '0');

/** A running time: `0:07`, `12:40`, `1:02:07`. */
export function duration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1_000);
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A wait in at most five characters, so that its column never widens: `0:07`, `99:59`, then `1h40`. */
export function wait(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 100) return `${minutes}:${two(Math.floor(ms / 1_000) % 60)}`;
  return minutes < 6_000 ? `${Math.floor(minutes / 60)}h${two(minutes % 60)}` : '>99h';
}

/** A running time for a small tile: `7s`, `12m`, `3h`. */
export function shortDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1_000);
  if (seconds < 60) return `${seconds}s`;
  return seconds < 3_600 ? `${Math.floor(seconds / 60)}m` : `${Math.floor(seconds / 3_600)}h`;
}

/**
 * What is left of a limit: `3:05`, or `+0:12` past it. Rounded so that it reaches 0:00 exactly at the limit, as a person who
 * holds a watch would count.
 */
export function countdown(endsAt: number, now: number): string {
  const left = endsAt - now;
  return left > 0 ? duration(Math.ceil(left / 1_000) * 1_000) : `+${duration(-left)}`;
}

/** The same in at most five characters, or six past the limit. */
export const left = (endsAt: number, now: number): string => (endsAt > now ? wait(Math.ceil((endsAt - now) / 1_000) * 1_000) : `+${wait(now - endsAt)}`);

/** A share: `87%`; `–` when there is none yet. Rounded down, so that 99.6 % of calls in time does not read as all of them. */
export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '–' : `${Math.floor(share * 100 + 1e-9)}%`;

/** Formats instants in the site's own time zone. Making an Intl formatter is slow, so they are kept. */
export class SiteTime {
  private readonly formats = new Map<string, Intl.DateTimeFormat>();

  constructor(private readonly timeZone: string) {}

  /** `10:42`. */
  minutes(at: number): string { return this.format('en-GB', { hour: '2-digit', minute: '2-digit' }, at); }

  /** `10:42:07`. */
  seconds(at: number): string {
    return this.format('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }, at);
  }

  /** `11月23日 星期一`, `Monday 23 November`. */
  day(at: number, locale: string): string {
    return this.format(locale, { month: 'long', day: 'numeric', weekday: 'long' }, at);
  }

  private format(locale: string, options: Intl.DateTimeFormatOptions, at: number): string {
    const key = locale + JSON.stringify(options);
    let format = this.formats.get(key);
    if (!format) this.formats.set(key, (format = new Intl.DateTimeFormat(locale, { ...options, hourCycle: 'h23', timeZone: this.zone })));
    return format.format(at);
  }

  /** The zone, or UTC where the browser does not know it: a wall with the wrong hour is better than none. */
  private get zone(): string {
    try {
      new Intl.DateTimeFormat('en', { timeZone: this.timeZone });
      return this.timeZone;
    } catch {
      return 'UTC';
    }
  }
}
