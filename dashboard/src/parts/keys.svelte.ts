import { untrack } from 'svelte';
import type { Key } from '../i18n/index.svelte';

/** One thing that a key does. `key` is what KeyboardEvent.key says (`b`, `?`, `Enter`); a capital means Shift. */
export interface Shortcut {
  key: string;
  /** What it does, as the help says it. */
  label: Key;
  run: () => void;
  /** Whether it can be used now; the help lists it either way, so that it can be learnt. */
  when?: () => boolean;
}

const typing = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';

/**
 * The keys of the page. A view adds its own while it stands (`$effect(() => keys.add([...]))`); what was added last wins, so that
 * a detail's keys come before its page's. The one listener is App's; keys with Ctrl, Alt or Meta stay the browser's, what is typed into
 * a field stays the field's, and beneath an open dialog nothing is listened to.
 */
export class Keys {
  private layers = $state.raw<readonly (readonly Shortcut[])[]>([]);

  /** Everything that keys do now, newest first, each key once: what the help shows. */
  readonly known = $derived.by(() => {
    const seen = new Set<string>();
    return [...this.layers].reverse().flat().filter(({ key }) => !seen.has(key) && seen.add(key));
  });

  /** Adds shortcuts; returns what takes them away again. */
  add(shortcuts: readonly Shortcut[]): () => void {
    // Untracked: an effect that adds keys must not run anew because another did.
    this.layers = [...untrack(() => this.layers), shortcuts];
    return () => { this.layers = this.layers.filter((layer) => layer !== shortcuts); };
  }

  /** Does what the key is for; true when it was for something. */
  press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return false;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(typing) || document.querySelector('dialog[open]')) return false;
    // Enter and Space on a button press that button.
    if (target?.closest('button, a, summary') && (event.key === 'Enter' || event.key === ' ')) return false;
    const found = this.known.find((one) => one.key === event.key && (one.when?.() ?? true));
    if (!found) return false;
    event.preventDefault();
    found.run();
    return true;
  }
}

export const keys = new Keys();
