import type { Problem } from './gate';
import { say, type Key } from './i18n/index.svelte';

/** What came of asking the service: its answer, or why not (RFC 9457), never an exception. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** How long an answer is waited for; the service itself gives a switch 5 s. */
const withinMs = 15_000;

/** Asks for something: `get<Timeline>('/api/agents/1001/timeline')`. */
export const get = <T>(path: string): Promise<Outcome<T>> => ask<T>(path, {});

/** Has something done: `post('/api/agents/1001/grant', { by, allow: 'break', reason, minutes: 10 })`. */
export const post = <T>(path: string, body: unknown): Promise<Outcome<T>> =>
  ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function ask<T>(path: string, init: RequestInit): Promise<Outcome<T>> {
  try {
    const answer = await fetch(path, { ...init, signal: AbortSignal.timeout(withinMs) });
    const body: unknown = answer.headers.get('content-type')?.includes('json') ? await answer.json() : null;
    return answer.ok ? { ok: true, value: body as T } : { ok: false, problem: (body as Problem | null) ?? noAnswer(answer.statusText, answer.status) };
  } catch (error) {
    return { ok: false, problem: noAnswer(error) };
  }
}

/** A link that breaks is an answer too. What the browser says of it is for whoever looks for the fault; people are told in their own language. */
export function noAnswer(why: unknown, status = 0): Problem {
  const key: Key = status === 0 ? 'problem.noAnswer' : 'problem.oddAnswer';
  return {
    type: 'urn:floormonitor:no-answer', title: 'No answer', status, detail: why instanceof Error ? why.message : String(why),
    text: { zh: say('zh', key, { status }), en: say('en', key, { status }) },
  };
}
