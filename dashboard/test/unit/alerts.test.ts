import { describe, expect, it } from 'vitest';
import { isForAgent, isForPerson, isForScreen, Notifications, soundOn } from '../../src/alerts';
import type { AlertNews } from '../../src/protocol';

const alert: AlertNews = {
  id: 'away:A:1', news: 'opened', at: '2026-11-23T01:00:00.000Z', rule: 'away', severity: 'critical',
  title: { zh: '【严重】离座', en: '[critical] away' }, text: { zh: '一', en: 'one' }, sound: 'alarm',
  screens: ['desk'], pages: ['1001'], browsers: ['zhou'], open: 1, count: 1, step: 0, acknowledgedBy: null, acknowledgedAt: null,
};

describe('an alert', () => {
  it('is shown where the service says and nowhere else', () => {
    expect([isForScreen(alert, 'desk'), isForScreen(alert, 'wall')]).toEqual([true, false]);
    expect([isForAgent(alert, '1001'), isForAgent(alert, '1002')]).toEqual([true, false]);
    expect([isForPerson(alert, 'zhou'), isForPerson(alert, 'li')]).toEqual([true, false]);
  });
});

describe('the sound of an alert', () => {
  it('is heard on the screens that it is sent to, and nowhere when it has none', () => {
    expect([soundOn('desk', alert), soundOn('wall', alert)]).toEqual(['critical', null]);
    expect(soundOn('desk', { ...alert, sound: 'none' })).toBeNull();
  });

  it('is the one that alerts.yaml gives it, whatever the severity', () => {
    const both = (sound: AlertNews['sound']) => (['critical', 'warning', 'info'] as const).map((severity) => soundOn('desk', { ...alert, sound, severity }));
    expect(both('alarm')).toEqual(['critical', 'critical', 'critical']);
    expect(both('chime')).toEqual(['warning', 'warning', 'info']);
  });
});

describe('notifications', () => {
  function browser(permission: NotificationPermission) {
    const said: string[] = [];
    const show = (title: string, options: NotificationOptions) => {
      if (permission !== 'granted') return null;
      said.push(`${title}/${options.body}/${options.tag}/${options.requireInteraction}/${options.silent}`);
      return { close: () => { said.push(`close ${title}`); } };
    };
    return { said, notifications: new Notifications((text) => text.en, { show }) };
  }

  it('are one an alert, renewed when there is news and gone when somebody has seen to it', () => {
    const { said, notifications } = browser('granted');
    notifications.show(alert);
    notifications.show({ ...alert, news: 'escalated', title: { zh: '升级', en: 'up' } });
    notifications.take({ ...alert, news: 'acknowledged' });
    notifications.take({ ...alert, news: 'over' });
    expect(said).toEqual(['[critical] away/one/away:A:1/true/false', 'close [critical] away', 'up/one/away:A:1/true/false', 'close up']);
  });

  it('are not shown where the browser may not or cannot', () => {
    const { said, notifications } = browser('default');
    notifications.show(alert);
    expect(said).toEqual([]);
    // Here there is no browser at all.
    expect(() => new Notifications((text) => text.zh).show(alert)).not.toThrow();
  });
});
