/** A sentence that comes and goes. It is asked for its words when it is drawn, so that it follows the language. */
export interface Toast { id: number; tone: 'done' | 'refused' | 'failed'; say: () => string }

/** How many stand at once; an older one makes room. */
const most = 4;

/** How long what went well stays; what did not stays until it is read and taken away, or pushed out. */
const staysMs = 6_000;

/** Short answers to what a person did: shown by `Toasts.svelte`, read out by a screen reader. */
export class ToastList {
  list = $state.raw<readonly Toast[]>([]);
  private last = 0;

  show(tone: Toast['tone'], say: () => string): number {
    const id = ++this.last;
    this.list = [...this.list, { id, tone, say }].slice(-most);
    if (tone === 'done') setTimeout(() => this.dismiss(id), staysMs);
    return id;
  }

  dismiss(id: number): void {
    if (this.list.some((one) => one.id === id)) this.list = this.list.filter((one) => one.id !== id);
  }
}

export const toasts = new ToastList();
