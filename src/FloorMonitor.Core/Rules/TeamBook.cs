using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>Who is in which team, by agents.csv: changes only with the configuration.</summary>
internal sealed class TeamBook
{
    private readonly Dictionary<string, (TeamSetup Team, string[] Agents)> teams;

    private TeamBook(FloorSetup setup, Dictionary<string, (TeamSetup Team, string[] Agents)> teams)
    {
        Setup = setup;
        this.teams = teams;
    }

    /// <summary>The configuration that it was made of.</summary>
    public FloorSetup Setup { get; }

    /// <summary>The teams' ids.</summary>
    public IEnumerable<string> Ids => teams.Keys;

    /// <summary>Reads the teams of a configuration. A team that only agents name is a team, too.</summary>
    public static TeamBook Of(FloorSetup setup)
    {
        var members = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var agent in setup.Agents)
        {
            if (agent.Team is not { } id) continue;
            if (!members.TryGetValue(id, out var those)) members.Add(id, those = []);
            those.Add(agent.Id);
        }

        var known = new Dictionary<string, (TeamSetup, string[])>(StringComparer.Ordinal);
        foreach (var (id, those) in members)
        {
            var at = setup.Teams.FindIndex(id, static (team, wanted) => team.Id == wanted);
            known.Add(id, (at < 0 ? new TeamSetup(id, id, null, null) : setup.Teams[at], [.. those]));
        }

        return new(setup, known);
    }

    /// <summary>A team with its agents as they are now; false where no agent is in it.</summary>
    public bool TryFind(string id, FloorState floor, out TeamSetup team, out Agent[] agents)
    {
        team = null!;
        agents = [];
        if (!teams.TryGetValue(id, out var found)) return false;
        team = found.Team;
        agents = [.. found.Agents.Select(floor.Agents.GetValueOrDefault).OfType<Agent>()];
        return agents.Length > 0;
    }
}
