import type { Agent, Delta, Queue, Snapshot, Verdict } from './protocol';
import { Roll } from './roll';

/**
 * The floor as the page holds it: the last snapshot with every delta since folded in. Whatever a delta did not touch keeps its
 * identity, so that painting can skip it by reference; what it touched is read from the newest floor only (roll.ts says why).
 */
export interface Floor extends Omit<Snapshot, 'agents' | 'queues' | 'verdicts'> {
  readonly agents: Roll<Agent>;
  readonly queues: Roll<Queue>;
  readonly verdicts: Roll<Verdict>;
}

/** The floor that a snapshot says, whatever was known before. */
export function fromSnapshot(snapshot: Snapshot): Floor {
  return {
    ...snapshot,
    agents: Roll.of(snapshot.agents, keys.agent),
    queues: Roll.of(snapshot.queues, keys.queue),
    verdicts: Roll.of(snapshot.verdicts, keys.verdict),
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
    agents: floor.agents.next(agents, agentsGone, keys.agent),
    queues: floor.queues.next(queues, queuesGone, keys.queue),
    verdicts: floor.verdicts.next(verdicts, verdictsGone, keys.verdict),
  };
}

const keys = {
  agent: (agent: Agent) => agent.id,
  queue: (queue: Queue) => queue.name,
  verdict: (verdict: Verdict) => verdict.id,
};
