import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deskEn } from '../../src/i18n/desk.en';
import { deskZh } from '../../src/i18n/desk.zh';
import { en as pageEn } from '../../src/i18n/en';
import { firstLang, language, say, type Key } from '../../src/i18n/index.svelte';
import { meEn } from '../../src/i18n/me.en';
import { meZh } from '../../src/i18n/me.zh';
import { zh as pageZh } from '../../src/i18n/zh';
import { agentStates } from '../../src/protocol';

const zh: Record<string, string> = { ...pageZh, ...deskZh, ...meZh };
const en: Record<string, string> = { ...pageEn, ...deskEn, ...meEn };
const keys = Object.keys(zh) as Key[];
const source = join(import.meta.dirname, '../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts)$/.test(name) && !name.includes('i18n'));

describe('the words', () => {
  it('are there in both languages, for the same keys', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      expect(zh[key]!.trim(), key).not.toBe('');
      expect(en[key]!.trim(), key).not.toBe('');
    }
  });

  it('take the same values in both languages', () => {
    const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const key of keys) expect(holes(en[key]!), key).toEqual(holes(zh[key]!));
  });

  it('are Chinese in Chinese and not in English', () => {
    // The button for the other language is written in that one.
    for (const key of keys.filter((one) => one !== 'page.otherLanguage')) {
      // Names of other texts, set beside each other, need no word of their own but Chinese marks between them.
      const own = zh[key]!.replace(/\{\w+\}/g, '');
      if (key !== 'app.name') expect(own, key).toMatch(own !== zh[key] && /^\p{P}+$/u.test(own) ? /^[:,。;、·]+$/ : /[\u4e00-\u9fff]/);
      expect(en[key], key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('cover every state of an agent', () => {
    for (const state of agentStates) expect(keys).toContain(`state.${state}`);
  });

  it('cover every rule that there is, so that no wall shows a rule by its id', () => {
    const rules = join(import.meta.dirname, '../../../src/FloorMonitor.Core/Rules');
    const ids = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cs'))
      .flatMap((name) => [...readFileSync(join(rules, name), 'utf8').matchAll(/\bId => "([a-z-]+)"/g)].map(([, id]) => id));
    expect(ids).toContain('settle-in');
    for (const id of ids) expect(keys, `give the rule ${id} its words in src/i18n`).toContain(`rule.${id}`);
  });

  it('are used only by keys that exist, and no view says a word of its own', () => {
    for (const name of files) {
      const text = readFileSync(join(source, name), 'utf8');
      for (const [, key] of text.matchAll(/\bt\('([\w.-]+)'/g)) expect(keys, `${key} in ${name}`).toContain(key);
      expect(text.replace(/\/\/.*|\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, '').replace(/\\u4e00-\\u9fff/g, ''), name).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

describe('the language', () => {
  it('is what the address asks for, then what was chosen before, then the browser\'s', () => {
    expect(firstLang('?lang=en', 'zh', 'zh-CN')).toBe('en');
    expect(firstLang('', 'zh', 'en-US')).toBe('zh');
    expect(firstLang('', null, 'zh-Hans-CN')).toBe('zh');
    expect(firstLang('', null, 'de-DE')).toBe('en');
  });

  it('fills in values and leaves a hole that nothing fills', () => {
    expect(say('en', 'queues.since', { at: '10:42' })).toBe('since 10:42');
    expect(say('zh', 'queues.since', { at: '10:42' })).toBe('自 10:42 起');
    expect(say('en', 'queues.since')).toBe('since {at}');
  });

  it('shows what has no words as itself', () => {
    expect(language.named('break', 'smoking')).toBe('smoking');
    expect(language.named('break', 'short')).toBe('小休');
  });
});
