import type { Severity } from './protocol';

/** The tones of a severity: hertz, and when each begins and ends in seconds. What is grave is heard as grave without knowing the code. */
const melodies: Record<Severity, readonly (readonly [hertz: number, from: number, to: number])[]> = {
  critical: [[880, 0, 0.16], [660, 0.2, 0.36], [880, 0.4, 0.56], [660, 0.6, 0.9]],
  warning: [[587, 0, 0.18], [784, 0.22, 0.5]],
  info: [[523, 0, 0.25]],
};

const gravity: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

/** A storm of verdicts is one sound in this time, not a hundred. */
const restMs = 5_000;
/** A sound that could not be heard for so long is not made any more: it would call somebody to what is long over. */
const keptMs = 60_000;
/** What is graver than the last waits only until its tones have ended. */
const tonesMs = 1_000;

/**
 * The voice of a screen: made by the browser itself (Web Audio), so that no file is fetched. Browsers keep a page silent until somebody touches it;
 * `blocked` says so, and any key or touch lifts it for as long as the page stands. A kiosk is started with --autoplay-policy=no-user-gesture-required.
 */
export class Siren {
  /** The browser waits for a hand before it lets the page be heard. */
  blocked = $state(false);
  private context: AudioContext | null = null;
  private last: { severity: Severity; at: number } = { severity: 'info', at: -Infinity };
  /** The gravest of what could not be heard yet. */
  private next: { severity: Severity; volume: number; at: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Gets ready; returns what ends it. */
  start(): () => void {
    const context = (this.context = new AudioContext());
    const look = () => { this.blocked = context.state === 'suspended'; };
    const lift = () => void context.resume();
    context.addEventListener('statechange', look);
    for (const touch of touches) addEventListener(touch, lift);
    // Allowed or not, a voice begins suspended; it is asked for a hand only when it stays so.
    const patience = setTimeout(look, 1_000);
    return () => {
      clearTimeout(patience);
      for (const touch of touches) removeEventListener(touch, lift);
      context.removeEventListener('statechange', look);
      this.context = null;
      this.blocked = false;
      void context.close();
    };
  }

  /**
   * Is heard, at a volume of 0 to 100: at once, or as soon as it may. While the last sound rests, and while the browser keeps the page silent,
   * the gravest of what comes is kept; so nothing that asks for a person goes unheard because of something lesser just before.
   */
  sound(severity: Severity, volume: number): void {
    if (volume <= 0) return;
    // What nobody heard for so long is over or was seen; what comes now is news.
    if (this.next && performance.now() - this.next.at > keptMs) this.next = null;
    if (!this.next || gravity[severity] >= gravity[this.next.severity]) this.next = { severity, volume, at: performance.now() };
    this.utter();
  }

  /** Forgets what was not heard yet: quiet hours begin, or somebody asked for silence. */
  hush(): void {
    clearTimeout(this.timer);
    this.next = null;
  }

  private readonly utter = (): void => {
    const { context, next, last } = this;
    clearTimeout(this.timer);
    if (!context || !next) return;
    // The same listener twice is one; it is asked again at every change, and plays nothing when nothing waits.
    if (context.state !== 'running') return context.addEventListener('statechange', this.utter);
    const left = last.at + (gravity[next.severity] > gravity[last.severity] ? tonesMs : restMs) - performance.now();
    if (left > 0) return void (this.timer = setTimeout(this.utter, left));
    this.hush();
    if (performance.now() - next.at > keptMs) return;
    this.last = { severity: next.severity, at: performance.now() };
    play(context, next.severity, next.volume);
  };
}

const touches = ['pointerdown', 'keydown'] as const;

function play(context: AudioContext, severity: Severity, volume: number): void {
  for (const [hertz, from, to] of melodies[severity]) {
    const tone = new OscillatorNode(context, { frequency: hertz, type: 'triangle' });
    const loud = new GainNode(context, { gain: 0 });
    const begin = context.currentTime + from;
    const end = context.currentTime + to;
    // Swelling and fading within hundredths of a second: a tone cut short cracks.
    loud.gain.setValueAtTime(0, begin);
    loud.gain.linearRampToValueAtTime(volume / 100, begin + 0.02);
    loud.gain.setValueAtTime(volume / 100, Math.max(begin + 0.02, end - 0.04));
    loud.gain.linearRampToValueAtTime(0, end);
    tone.connect(loud).connect(context.destination);
    tone.start(begin);
    tone.stop(end);
  }
}
