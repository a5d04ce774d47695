import { noAnswer } from './api';
import type { Agent, Instant, Text } from './protocol';

/** Why a command was not done (RFC 9457, with this house's members); a refusal of the gate names rule, clause and instant. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  rule?: string;
  clause?: string;
  clauseText?: Text;
  text?: Text;
  allowedAt?: Instant;
}

/** A command's outcome over the hub. */
export interface CommandReply { done: boolean; agent: Agent | null; problem: Problem | null }

/** The commands an agent may give about themselves. */
export type Command = 'SignIn' | 'SignOut' | 'Break' | 'Resume' | 'RaiseHand' | 'LowerHand';

/** Asks the gate; a link that breaks meanwhile is an answer too, not an exception. */
export async function ask(
  link: { invoke<T>(method: string, ...args: unknown[]): Promise<T> }, command: Command, ...args: unknown[]
): Promise<CommandReply> {
  try {
    return await link.invoke<CommandReply>(command, ...args);
  } catch (error) {
    return { done: false, agent: null, problem: noAnswer(error) };
  }
}
