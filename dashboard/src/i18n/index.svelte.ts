import type { Text } from '../protocol';
import type { deskZh } from './desk.zh';
import { en } from './en';
import type { meZh } from './me.zh';
import { zh } from './zh';

export type Lang = 'zh' | 'en';
export type Key = keyof typeof zh | keyof typeof deskZh | keyof typeof meZh;

/** What every page says; a screen with many words of its own brings them along (`learn`), so that a wall does not load the desk's. */
const words: Record<Lang, Partial<Record<Key, string>>> = { zh: { ...zh }, en: { ...en } };

/** Adds a screen's own words, once, when its code is loaded. */
export function learn(more: Record<Lang, Partial<Record<Key, string>>>): void {
  Object.assign(words.zh, more.zh);
  Object.assign(words.en, more.en);
}

/** `?lang=` in the address first, then what was chosen here before, then the browser's own. */
export function firstLang(query: string, stored: string | null, browser: string): Lang {
  const asked = new URLSearchParams(query).get('lang') ?? stored ?? browser;
  return asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** A sentence with its `{names}` filled in. */
export function say(lang: Lang, key: Key, values: Record<string, string | number> = {}): string {
  return (words[lang][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The page's language; every text on the page follows it at once. */
class Language {
  lang = $state<Lang>('zh');

  /** BCP 47 tag for dates and the document. */
  readonly locale = $derived(this.lang === 'zh' ? 'zh-CN' : 'en-GB');

  start(): void {
    this.lang = firstLang(location.search, localStorage.getItem('lang'), navigator.language);
  }

  /** A wall's configured language: what the address asks for comes before it, what a person presses comes after. */
  configured(lang: Lang): void {
    if (!new URLSearchParams(location.search).has('lang')) this.lang = lang;
  }

  set(lang: Lang): void {
    this.lang = lang;
    localStorage.setItem('lang', lang);
  }

  toggle(): void { this.set(this.lang === 'zh' ? 'en' : 'zh'); }

  t(key: Key, values?: Record<string, string | number>): string { return say(this.lang, key, values); }

  /** A key that is put together at run time, such as a site's own kind of break; what has no words is shown as itself. */
  named(prefix: string, name: string): string {
    const key = `${prefix}.${name}`;
    return key in words.zh ? this.t(key as Key) : name;
  }

  text(text: Text): string { return text[this.lang] || text.zh || text.en; }
}

export const language = new Language();
