/**
 * Does something each time it is asked to, but rests after each: what is asked for meanwhile is done once, when the rest is over. For what
 * must follow a floor on which something changes every moment, without asking the service every moment.
 */
export class Rarely {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again = false;

  constructor(private readonly act: () => void, private readonly restMs: number) {}

  ask(): void {
    if (this.timer !== undefined) {
      this.again = true;
      return;
    }
    this.act();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (!this.again) return;
      this.again = false;
      this.ask();
    }, this.restMs);
  }

  /** Forgets what was asked for; for the end of a view. */
  stop(): void {
    clearTimeout(this.timer);
    this.again = false;
  }
}
