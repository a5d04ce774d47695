import { post } from '../../api';
import { ask, type Command, type CommandReply } from '../../gate';

/** What an agent asks beyond the hub's own commands: the last part of `/api/agents/{id}/…`. */
export type Asked = 'request-break' | 'cancel-break' | 'decline-break' | 'check-in' | 'read-message';

/** Asks the service in the agent's own name; the answer has the same form as the hub's. */
export async function askFor(agent: string, asked: Asked, body: Record<string, unknown> = {}): Promise<CommandReply> {
  const outcome = await post<unknown>(`/api/agents/${encodeURIComponent(agent)}/${asked}`, body);
  return { done: outcome.ok, agent: null, problem: outcome.ok ? null : outcome.problem };
}

/** Disputes a verdict, as the agent whom it is about. */
export async function dispute(verdict: string, agent: string, reason: string): Promise<CommandReply> {
  const outcome = await post<unknown>(`/api/verdicts/${encodeURIComponent(verdict)}/dispute`, { by: agent, reason });
  return { done: outcome.ok, agent: null, problem: outcome.ok ? null : outcome.problem };
}

export { ask, type Command, type CommandReply };
