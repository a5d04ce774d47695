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

/** About how many ems a text is wide in the house's fonts: a full-width character is one, a Latin one a little over half. */
export function ems(text: string): number {
  let width = 0;
  for (const char of text) width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(char) ? 1 : /[A-ZMWmw@%]/.test(char) ? 0.72 : /[ijlI1.,:;'|()\s]/.test(char) ? 0.34 : 0.58;
  return width;
}

/** The font size at which a text fits a width, at most `size` and at least `min`. */
export const fit = (text: string, width: number, size: number, min: number): number =>
  Math.max(min, Math.min(size, width / Math.max(ems(text), 0.1)));
