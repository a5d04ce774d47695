import { describe, expect, it } from 'vitest';
import { teamGroups } from '../../src/board';
import { fromSnapshot } from '../../src/floor';
import { agentStates, type Agent } from '../../src/protocol';
import { Roll } from '../../src/roll';
import { TeamBoard } from '../../src/teams';
import { fakeFloor, seeded } from '../story/fake-floor.mjs';

const floor = fromSnapshot(fakeFloor({ agents: 60 }));
const members = () => Roll.of([...floor.agents.values()], (agent) => agent.id);
const counted = (groups: ReturnType<typeof teamGroups>) => groups.map((group) => ({ ...group, counts: Object.fromEntries(Object.entries(group.counts).filter(([, n]) => n > 0)) }));

describe('the teams of a floor that moves', () => {
  it('are always what grouping anew would give, whoever changes, comes, goes or moves', () => {
    const board = new TeamBoard();
    const random = seeded(5);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    let agents = members();
    for (let step = 0; step < 300; step++) {
      const all = [...agents.values()];
      const changed = Array.from({ length: 3 }, (): Agent => ({ ...pick(all), state: pick(agentStates), ...(random() < 0.05 ? { team: pick(['t1', 't2', null, 'new']) } : {}) }));
      if (random() < 0.05) changed.push({ ...pick(all), id: `x${step}` });
      agents = agents.next(changed, random() < 0.05 ? [pick(all).id] : [], (agent) => agent.id);
      // A page may see only the second of two deltas.
      if (random() < 0.1) continue;
      expect(counted(board.of(agents, floor.teams))).toEqual(counted(teamGroups(agents, floor.teams)));
    }
  });

  it('stay the same objects where nothing changed', () => {
    const board = new TeamBoard();
    const agents = members();
    const before = board.of(agents, floor.teams);
    const agent = before[1]!.agents[0]!;
    const after = board.of(agents.next([{ ...agent, state: 'unknown' }], [], (one) => one.id), floor.teams);
    expect(after.map((group, i) => group === before[i])).toEqual(before.map((_, i) => i !== 1));
    expect(before[1]!.agents[0]).toBe(agent);
  });
});
