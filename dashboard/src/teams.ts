import { teamGroups, type TeamGroup } from './board';
import type { Floor } from './floor';
import type { Agent } from './protocol';

/**
 * The teams of a floor that moves: grouped anew only when somebody comes, goes or changes teams; else a team whose agents did not change
 * stays the same object, so that painting passes it by. A delta of a thousand agents costs a thousand comparisons of references.
 */
export class TeamBoard {
  private agents: ReadonlyMap<string, Agent> = new Map();
  private teams: Floor['teams'] = [];
  private groups: TeamGroup[] = [];
  private places = new Map<string, readonly [group: number, place: number]>();

  of(agents: ReadonlyMap<string, Agent>, teams: Floor['teams']): TeamGroup[] {
    if (agents === this.agents && teams === this.teams) return this.groups;
    const changed = teams === this.teams && agents.size === this.agents.size ? this.changed(agents) : null;
    this.groups = changed ? this.patched(changed) : teamGroups(agents, teams);
    if (!changed) this.places = new Map(this.groups.flatMap((group, g) => group.agents.map((agent, i) => [agent.id, [g, i] as const])));
    this.agents = agents;
    this.teams = teams;
    return this.groups;
  }

  /** The agents that are others than before; null where somebody is new or in another team. */
  private changed(agents: ReadonlyMap<string, Agent>): Agent[] | null {
    const found: Agent[] = [];
    for (const [id, agent] of agents) {
      const before = this.agents.get(id);
      if (before === agent) continue;
      if (!before || before.team !== agent.team) return null;
      found.push(agent);
    }
    return found;
  }

  private patched(changed: Agent[]): TeamGroup[] {
    const groups = [...this.groups];
    const fresh = new Set<number>();
    for (const agent of changed) {
      const [g, i] = this.places.get(agent.id)!;
      let group = groups[g]!;
      if (!fresh.has(g)) groups[g] = group = { ...group, agents: [...group.agents], counts: { ...group.counts } };
      fresh.add(g);
      const before = group.agents[i]!.state;
      group.agents[i] = agent;
      group.counts[before] = (group.counts[before] ?? 1) - 1;
      group.counts[agent.state] = (group.counts[agent.state] ?? 0) + 1;
    }
    return groups;
  }
}
