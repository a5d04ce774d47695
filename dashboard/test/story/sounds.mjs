// What the stories about sounds share: a page that counts the tones it is asked to play, as nobody listens to a test, and an alert as the service sends it.

/** Runs in the page before it loads; it says on the console when a voice begins. */
export const listening = () => {
  window.heard = 0;
  const Voice = window.AudioContext;
  window.AudioContext = class extends Voice {
    constructor(...how) {
      super(...how);
      console.debug('a voice begins');
    }
  };
  const start = AudioScheduledSourceNode.prototype.start;
  AudioScheduledSourceNode.prototype.start = function (...when) { window.heard++; return start.apply(this, when); };
};

export const heard = (page) => page.evaluate(() => window.heard);

/** News of an alert: with the usual sound of its severity and on both screens, unless `routed` says otherwise. */
export const alertNews = (severity, routed = {}) => ({
  id: `a-${severity}`, news: 'opened', at: new Date().toISOString(), rule: 'longest-wait', severity, title: { zh: '警报', en: 'alarm' }, text: { zh: '句', en: 'words' },
  sound: { critical: 'alarm', warning: 'chime', info: 'none' }[severity], screens: ['desk', 'wall'], pages: [], browsers: [],
  open: 1, count: 1, step: 0, acknowledgedBy: null, acknowledgedAt: null, ...routed,
});
