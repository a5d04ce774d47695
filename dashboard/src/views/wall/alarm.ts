import { subjectName, verdictOver, type Alarm } from '../../board';
import type { Floor } from '../../floor';
import { wait } from '../../format';
import { language } from '../../i18n/index.svelte';

/** How wide the words of a large alarm may be, in wall units, where more alarms stand beside the two large ones. */
export const alarmWidth = 60.9;

/** An alarm in words: whom it concerns, what it is, and how long it lasts (or, for a limit, how far beyond it). */
export function describe(alarm: Alarm, floor: Floor, at: number): { who: string; what: string; clock: string } {
  const { verdict } = alarm;
  const what = verdict ? language.named('rule', verdict.rule) : kinds[alarm.kind](floor);
  const nobody = language.t(verdict?.subject.kind === 'agent' ? 'subject.someone' : 'subject.floor');
  const who = verdict ? (subjectName(floor, verdict) ?? nobody) : (alarm.who ?? language.t('subject.monitor'));
  const over = verdict ? verdictOver(floor, verdict, at) : null;
  return { who, what, clock: over === null ? wait(Math.max(0, at - alarm.since)) : `+${wait(over)}` };
}

const kinds: Record<Alarm['kind'], (floor: Floor) => string> = {
  feed: () => language.t('feed.lost'),
  store: (floor) => language.t(floor.store?.state === 'away' ? 'store.away' : 'store.behind'),
  note: () => language.t('alarms.note'),
  verdict: () => '',
};
