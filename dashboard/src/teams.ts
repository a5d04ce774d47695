import { teamGroups, type TeamGroup } from './board';
import type { Floor } from './floor';
import type { Agent } from './protocol';

/**
 * The teams of a floor that moves: grouped anew only when somebody comes, goes or changes teams; else a team whose agents did not change
 * stays the same object, so that painting passes it by, and a delta costs as much as it names agents.
 */
export class TeamBoard {
  private agents: Floor['agents'] | null = null;
  private teams: Floor['teams'] = [];
  private groups: TeamGroup[] = [];
  private places = new Map<string, readonly [group: number, place: number]>();

  of(agents: Floor['agents'], teams: Floor['teams']): TeamGroup[] {
    if (agents === this.agents && teams === this.teams) return this.groups;
    const patched = teams === this.teams && agents.follows(this.agents) && agents.changed ? this.patched(agents.changed) : null;
    this.groups = patched ?? teamGroups(agents, teams);
    if (!patched) this.places = new Map(this.groups.flatMap((group, g) => group.agents.map((agent, i) => [agent.id, [g, i] as const])));
    this.agents = agents;
    this.teams = teams;
    return this.groups;
  }

  /** The groups with these agents in their places; null where one is in another team than before. */
  private patched(changed: readonly Agent[]): TeamGroup[] | null {
    const groups = [...this.groups];
    for (const agent of changed) {
      const [g, i] = this.places.get(agent.id)!;
      let group = groups[g]!;
      const before = group.agents[i]!;
      if (before.team !== agent.team) return null;
      if (group === this.groups[g]) groups[g] = group = { ...group, agents: [...group.agents], counts: { ...group.counts } };
      group.agents[i] = agent;
      if (before.state === agent.state) continue;
      group.counts[before.state] = (group.counts[before.state] ?? 1) - 1;
      group.counts[agent.state] = (group.counts[agent.state] ?? 0) + 1;
    }
    return groups;
  }
}
