/**
 * A wall stays open for months and must become the new page when the service is updated. The page takes the first build it
 * hears of as its own; a different one means that the service has been exchanged.
 */
export class BuildWatch {
  private mine: string | null = null;

  /** At most one reload in this time, so that two nodes of different builds behind one address cannot make a wall flicker. */
  static readonly restMs = 60_000;

  constructor(
    private readonly page: { reload(): void; reachable(): Promise<boolean>; now(): number; storage: Pick<Storage, 'getItem' | 'setItem'> },
  ) {}

  /** Reloads the page if this build is not the one that the page came from, and the new page can be had. */
  async heard(build: string): Promise<void> {
    this.mine ??= build;
    if (build === this.mine) return;
    const last = Number(this.page.storage.getItem('reloadedAt') ?? 0);
    if (this.page.now() - last < BuildWatch.restMs) return;
    // A service that is only half up must not exchange a picture for an error page.
    if (!(await this.page.reachable())) return;
    this.page.storage.setItem('reloadedAt', String(this.page.now()));
    this.page.reload();
  }
}

/** The browser's page. */
export function browserPage() {
  return {
    reload: () => location.reload(),
    reachable: () => fetch(location.href, { cache: 'no-store' }).then((answer) => answer.ok, () => false),
    now: () => Date.now(),
    storage: sessionStorage,
  };
}

/** How long a page that cannot go on stays, so that a fault that comes back at once does not become a storm. */
export const mendAfterMs = 10_000;

/** Loads the page anew after a while, as soon as the service can be reached. */
export function reloadSoon(page = browserPage()): '' {
  const again = () => void page.reachable().then((up) => (up ? page.reload() : setTimeout(again, mendAfterMs)));
  setTimeout(again, mendAfterMs);
  return '';
}
