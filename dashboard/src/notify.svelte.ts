/** Something that was shown, to be taken away again. */
export interface Shown { close(): void }

/** How a page can notify: what the person allows, or why nobody can allow it (no https, nothing of the kind in this browser). */
export type Reach = NotificationPermission | 'insecure' | 'missing';

/** The worker that shows notifications where a page may not do so itself; below the root, so that it stands for every screen. */
const workerPath = '/notify.js';

function reach(): Reach {
  // Over plain http a browser hides all of it, or says "denied" though nobody can allow it: neither is the person's doing.
  if (!globalThis.isSecureContext) return 'insecure';
  return typeof Notification === 'undefined' ? 'missing' : Notification.permission;
}

/** Whether the browser lets this page notify, asked for once by a person's click, and the one way in which it does. */
class Notifying {
  reach = $state<Reach>(reach());

  // One after the other: what takes a notification away must not overtake its successor of the same tag.
  private last: Promise<unknown> = Promise.resolve();

  async ask(): Promise<void> {
    await Notification.requestPermission();
    this.reach = reach();
  }

  /** Shows one where that is allowed; the same tag again replaces it. */
  show(title: string, options: NotificationOptions & { tag: string }): Shown | null {
    if (this.reach !== 'granted') return null;
    try {
      return new Notification(title, options);
    } catch (error) {
      // Chrome on Android: a page cannot make one, only a service worker can ("Illegal constructor").
      if (!(error instanceof TypeError)) throw error;
    }
    this.withWorker((worker) => worker.showNotification(title, options));
    return {
      close: () => this.withWorker(async (worker) => {
        for (const one of await worker.getNotifications({ tag: options.tag })) one.close();
      }),
    };
  }

  private withWorker(act: (worker: ServiceWorkerRegistration) => Promise<void>): void {
    this.last = this.last
      .then(() => navigator.serviceWorker.register(workerPath))
      .then(() => navigator.serviceWorker.ready)
      .then(act)
      // Not this way either: the page then says that it cannot, rather than that it will. What could not be fetched now (a TypeError) is
      // no such word: the next reminder tries again.
      .catch((error: unknown) => { console.error(error); this.reach = error instanceof TypeError ? reach() : 'missing'; });
  }
}

export const notifications = new Notifying();
