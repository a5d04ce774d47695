using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>Who is told: the route that fits, and what its words mean on the floor as it is now.</summary>
internal sealed class AlertRouter(FloorState floor, AlertSettings settings)
{
    private static readonly AlertRoute Screens = new();

    /// <summary>The team and the queue that a verdict is about; null for none.</summary>
    public (string? Team, string? Queue) PlaceOf(Verdict verdict)
    {
        var agent = verdict.Concerns ?? (verdict.Subject.Kind == "agent" ? verdict.Subject.Id : null);
        if (agent is not null) return (floor.Agents.GetValueOrDefault(agent)?.Team, null);
        return verdict.Subject.Kind switch
        {
            "team" => (verdict.Subject.Id, null),
            "queue" => (null, verdict.Subject.Id),
            _ => (null, null),
        };
    }

    /// <summary>The shifts that a verdict falls into: the agent's own by the roster, else those that run by the clock.</summary>
    public ValueArray<string> ShiftsOf(Verdict verdict)
    {
        var agent = verdict.Concerns ?? (verdict.Subject.Kind == "agent" ? verdict.Subject.Id : null);
        if (agent is not null && Roster.Of(floor, agent, verdict.OpenedAt) is { } own) return [own.Name];
        var local = TimeZoneInfo.ConvertTime(verdict.OpenedAt, SiteZone.Of(floor.Setup)).TimeOfDay;
        return ValueArray.From(floor.Setup.Shifts
            .Where(shift => shift.PassesMidnight ? local >= shift.Start || local < shift.End : local >= shift.Start && local < shift.End)
            .Select(shift => shift.Name));
    }

    /// <summary>What belongs together with a verdict.</summary>
    public string KeyOf(Verdict verdict)
    {
        var (team, queue) = PlaceOf(verdict);
        var scope = settings.Grouping switch
        {
            AlertGrouping.Rule => "",
            AlertGrouping.Subject => verdict.Concerns ?? verdict.Subject.Id,
            _ => team ?? queue ?? (verdict.Subject.Kind == "agent" ? verdict.Subject.Id : ""),
        };
        return $"{verdict.Rule}:{scope}";
    }

    /// <summary>The first route that fits; the screens alone where none does.</summary>
    public AlertRoute RouteOf(Alert alert)
    {
        foreach (var route in settings.Routes)
            if (Fits(route, alert)) return route;
        return Screens;
    }

    /// <summary>The ladder of a route; no steps for none.</summary>
    public ValueArray<AlertStep> LadderOf(AlertRoute route)
    {
        foreach (var ladder in settings.Ladders)
            if (ladder.Name == route.Ladder) return ladder.Steps;
        return [];
    }

    /// <summary>Where the words lead now, each place once, in the words' order.</summary>
    public List<AlertTarget> Resolve(ValueArray<string> words, Alert alert)
    {
        var targets = new List<AlertTarget>();
        foreach (var word in words) Add(targets, word, alert);
        return targets;
    }

    private static bool Fits(AlertRoute route, Alert alert)
    {
        var isSevere = route.Severities.IsEmpty;
        foreach (var severity in route.Severities) isSevere |= severity == alert.Severity;
        return isSevere && Has(route.Rules, alert.Rule) && Has(route.Teams, alert.Team) && Has(route.Queues, alert.Queue) && (route.Shifts.IsEmpty || alert.Shifts.Any(shift => route.Shifts.Contains(shift)));
    }

    private static bool Has(ValueArray<string> words, string? word)
    {
        if (words.IsEmpty) return true;
        foreach (var one in words)
            if (one == word) return true;
        return false;
    }

    private void Add(List<AlertTarget> targets, string word, Alert alert)
    {
        switch (word)
        {
            case AlertWords.Agent:
                foreach (var member in alert.Members)
                    if (member.ClosedAt is null && member.Agent is { } agent) Once(targets, PageOf(agent));
                break;
            case AlertWords.Lead:
                Named(targets, TeamOf(alert)?.Lead);
                break;
            case AlertWords.Supervisor:
                Named(targets, TeamOf(alert)?.Supervisor);
                break;
            case AlertWords.Duty:
                Named(targets, floor.Duty?.Holder);
                break;
            default:
                AddByName(targets, word);
                break;
        }
    }

    private void AddByName(List<AlertTarget> targets, string word)
    {
        foreach (var role in settings.Roles)
        {
            if (role.Name != word) continue;
            foreach (var person in role.People) Named(targets, person);
            return;
        }

        foreach (var group in settings.Groups)
        {
            if (group.Channel != word) continue;
            Once(targets, new(group.Channel, "", group.Language, null));
            return;
        }

        Named(targets, word);
    }

    // floor.yaml names a lead by an agent's id or by a name, the duty's holder is whatever was typed: each finds the person.
    private void Named(List<AlertTarget> targets, string? name)
    {
        if (string.IsNullOrEmpty(name)) return;
        foreach (var person in settings.People)
        {
            if (person.Id != name && person.Name != name && person.Agent != name) continue;
            foreach (var address in person.Addresses) Once(targets, new(address.Channel, address.To, person.Language, person.Id));
            if (person.Agent is { } agent) Once(targets, PageOf(agent));
            return;
        }

        // Nobody of alerts.yaml, but an agent has a page.
        if (floor.Agents.ContainsKey(name)) Once(targets, PageOf(name));
    }

    private static AlertTarget PageOf(string agent) => new(AlertWords.Page, agent, "", agent);

    private static void Once(List<AlertTarget> targets, AlertTarget target)
    {
        foreach (var one in targets)
            if (one.Channel == target.Channel && one.To == target.To) return;
        targets.Add(target);
    }

    private TeamSetup? TeamOf(Alert alert)
    {
        foreach (var team in floor.Setup.Teams)
            if (team.Id == alert.Team) return team;
        return null;
    }
}
