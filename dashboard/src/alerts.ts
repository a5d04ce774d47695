import { notifications, type Shown } from './notify.svelte';
import type { AlertNews, Severity, Text } from './protocol';

/** Whether an agent's own page shows it. */
export const isForAgent = (alert: AlertNews, agent: string): boolean => alert.pages.includes(agent);

/** Whether a screen shows it. */
export const isForScreen = (alert: AlertNews, screen: 'desk' | 'wall'): boolean => alert.screens.includes(screen);

/**
 * How grave an alert sounds on a screen; null where alerts.yaml does not send it there or wants no sound. `alarm` and `chime` are the tones
 * of what is critical and of a warning; a note may chime softly.
 */
export function soundOn(screen: 'desk' | 'wall', alert: AlertNews): Severity | null {
  if (alert.sound === 'none' || !isForScreen(alert, screen)) return null;
  return alert.sound === 'alarm' ? 'critical' : alert.severity === 'info' ? 'info' : 'warning';
}

/** Whether it is to be a notification in the browser of a person of alerts.yaml. */
export const isForPerson = (alert: AlertNews, person: string): boolean => alert.browsers.includes(person);

/** What shows a notification, or does not because it cannot or may not (notify.svelte.ts). */
export interface Notifier { show(title: string, options: NotificationOptions & { tag: string }): Shown | null }

/**
 * Notifications of the browser, one an alert: what is new of it takes the place of what was, and it goes away by itself when somebody
 * has seen to it. Shows nothing where the browser cannot or may not; asking for the permission is a matter of a click elsewhere.
 */
export class Notifications {
  private readonly shown = new Map<string, Shown>();

  constructor(private readonly words: (text: Text) => string, private readonly notifier: Notifier = notifications) {}

  show(alert: AlertNews): void {
    this.take(alert);
    const shown = this.notifier.show(this.words(alert.title), {
      body: this.words(alert.text),
      tag: alert.id,
      requireInteraction: alert.severity === 'critical',
      silent: alert.sound === 'none',
    });
    if (shown) this.shown.set(alert.id, shown);
  }

  take(alert: AlertNews): void {
    this.shown.get(alert.id)?.close();
    this.shown.delete(alert.id);
  }
}
