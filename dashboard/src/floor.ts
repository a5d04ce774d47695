import type { Agent, Delta, Queue, Snapshot, Verdict } from './protocol';

/**
 * The floor as the page holds it: the last snapshot with every delta since folded in. Immutable; whatever a delta did not
 * touch keeps its identity, so that painting can skip it by reference.
 */
export interface Floor extends Omit<Snapshot, 'agents' | 'queues' | 'verdicts'> {
  readonly agents: ReadonlyMap<string, Agent>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** The floor that a snapshot says, whatever was known before. */
export function fromSnapshot(snapshot: Snapshot): Floor {
  return {
    ...snapshot,
    agents: new Map(snapshot.agents.map((agent) => [agent.id, agent])),
    queues: new Map(snapshot.queues.map((queue) => [queue.name, queue])),
    verdicts: new Map(snapshot.verdicts.map((verdict) => [verdict.id, verdict])),
  };
}

/** The floor after a delta; the same floor when the delta is old news; `gap` when something between was missed. */
export function applyDelta(floor: Floor, delta: Delta): Floor | 'gap' {
  if (delta.from === floor.version) return fold(floor, delta);
  return delta.version <= floor.version ? floor : 'gap';
}

function fold(floor: Floor, delta: Delta): Floor {
  const { agents, agentsGone, queues, queuesGone, verdicts, verdictsGone, from: _, ...rest } = delta;
  const whole = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<Floor>;
  return {
    ...floor,
    ...whole,
    agents: merge(floor.agents, agents, agentsGone, (agent) => agent.id),
    queues: merge(floor.queues, queues, queuesGone, (queue) => queue.name),
    verdicts: merge(floor.verdicts, verdicts, verdictsGone, (verdict) => verdict.id),
  };
}

function merge<T>(
  before: ReadonlyMap<string, T>, changed: T[] | undefined, gone: string[] | undefined, key: (item: T) => string,
): ReadonlyMap<string, T> {
  if (!changed?.length && !gone?.length) return before;
  const after = new Map(before);
  for (const id of gone ?? []) after.delete(id);
  for (const item of changed ?? []) after.set(key(item), item);
  return after;
}
