import { post, type Outcome } from '../../api';
import type { SiteTime } from '../../format';
import type { Problem } from '../../gate';
import { language } from '../../i18n/index.svelte';
import { toasts } from '../../parts/toasts.svelte';
import { why } from '../../why';

/** What an agent can be asked to do, or have done for them: the last part of `/api/agents/{id}/…`. */
export type Act =
  | 'sign-in' | 'sign-out' | 'break' | 'resume' | 'lower-hand' | 'acknowledge-hand' | 'grant-break' | 'defer-break'
  | 'grant' | 'revoke' | 'move' | 'message' | 'roll-call';

export const agentPath = (id: string, act: Act): string => `/api/agents/${encodeURIComponent(id)}/${act}`;
export const verdictPath = (id: string, step: string): string => `/api/verdicts/${encodeURIComponent(id)}/${step}`;

/** Has something done and says in a toast what came of it, the gate's own sentence and instant where it refuses. */
export async function act<T>(path: string, body: Record<string, unknown>, what: string, time: SiteTime): Promise<Outcome<T>> {
  const outcome = await post<T>(path, body);
  if (outcome.ok) toasts.show('done', () => language.t('desk.done', { what }));
  else explain(outcome.problem, time);
  return outcome;
}

/** Says in a toast why something was not done. */
export function explain(problem: Problem, time: SiteTime): void {
  if (problem.status !== 409) toasts.show('failed', () => language.t('desk.failed', { why: why(problem) }));
  else if (problem.allowedAt) toasts.show('refused', () => language.t('desk.refusedUntil', { why: why(problem), at: time.seconds(Date.parse(problem.allowedAt!)) }));
  else toasts.show('refused', () => language.t('desk.refused', { why: why(problem) }));
}
