import { describe, expect, it } from 'vitest';
import { teamGroups } from '../../src/board';
import { fromSnapshot } from '../../src/floor';
import { agentStates, type Agent } from '../../src/protocol';
import { TeamBoard } from '../../src/teams';
import { fakeFloor, seeded } from '../story/fake-floor.mjs';

const floor = fromSnapshot(fakeFloor({ agents: 60 }));
const counted = (groups: ReturnType<typeof teamGroups>) => groups.map((group) => ({ ...group, counts: Object.fromEntries(Object.entries(group.counts).filter(([, n]) => n > 0)) }));

describe('the teams of a floor that moves', () => {
  it('are always what grouping anew would give, whoever changes, comes, goes or moves', () => {
    const board = new TeamBoard();
    const random = seeded(5);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    let agents: ReadonlyMap<string, Agent> = floor.agents;
    for (let step = 0; step < 300; step++) {
      const next = new Map(agents);
      for (let i = 0; i < 3; i++) {
        const agent = pick([...next.values()]);
        next.set(agent.id, { ...agent, state: pick(agentStates), ...(random() < 0.05 ? { team: pick(['t1', 't2', null, 'new']) } : {}) });
      }
      if (random() < 0.05) next.delete(pick([...next.keys()]));
      if (random() < 0.05) next.set(`x${step}`, { ...pick([...next.values()]), id: `x${step}` });
      agents = next;
      expect(counted(board.of(agents, floor.teams))).toEqual(counted(teamGroups(agents, floor.teams)));
    }
  });

  it('stay the same objects where nothing changed', () => {
    const board = new TeamBoard();
    const before = board.of(floor.agents, floor.teams);
    const agent = before[1]!.agents[0]!;
    const after = board.of(new Map(floor.agents).set(agent.id, { ...agent, state: 'unknown' }), floor.teams);
    expect(after.map((group, i) => group === before[i])).toEqual(before.map((_, i) => i !== 1));
    expect(board.of(floor.agents, floor.teams)).not.toBe(before);
  });
});
