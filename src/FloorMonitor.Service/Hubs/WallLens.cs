using System.Runtime.CompilerServices;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Hubs;

/// <summary>
/// What a wall is sent of the floor: its teams and queues, and people without a name where it shows none. It works here and not in the
/// browser, because what is not sent cannot be read from a screen in a corridor, its cache or its developer tools.
/// </summary>
internal sealed class WallLens(WallSetup setup)
{
    private readonly Lock gate = new();
    // Made once for each view and each agent, so that a difference is found by comparing references, as for the whole floor.
    private readonly ConditionalWeakTable<WireView, WireSnapshot> made = [];
    private readonly ConditionalWeakTable<WireVerdict, WireVerdict> verdicts = [];
    private readonly ConditionalWeakTable<WireAgent, WireAgent> discreet = [];
    private readonly WireWall wire = WireWall.Of(setup);
    private readonly Nameless? nameless = setup.Names ? null : new();
    private WireSnapshot source = WireView.Empty.Snapshot;
    private WireSnapshot last = WireView.Empty.Snapshot;

    /// <summary>The wall's setting.</summary>
    public WallSetup Setup => setup;

    /// <summary>The setting as it is told outside.</summary>
    public WireWall Wire => wire;

    /// <summary>A view through the lens.</summary>
    public WireSnapshot Of(WireView view)
    {
        lock (gate)
        {
            if (made.TryGetValue(view, out var known)) return known;
            var snapshot = Make(view);
            made.Add(view, snapshot);
            (source, last) = (view.Snapshot, snapshot);
            return snapshot;
        }
    }

    /// <summary>What leads from one view to the other through the lens.</summary>
    public WireDelta Between(WireView from, WireView to) => WireDeltas.Between(Of(from), Of(to));

    /// <summary>An alert through the lens; null where alerts.yaml does not send it to walls, or its verdict is none of this wall's.</summary>
    public WireAlert? Of(WireAlert alert)
    {
        lock (gate)
        {
            if (!alert.Alert.Screens.Contains(AlertWords.Wall, StringComparer.Ordinal) || !Shows(alert.Verdict, source)) return null;
            var verdict = Through(alert.Verdict, source);
            // Who else is told is nothing that a wall needs to know.
            return new(verdict, nameless is null ? alert.Alert with { Pages = [], Browsers = [] } : nameless.Of(alert.Alert, verdict));
        }
    }

    private WireSnapshot Make(WireView view)
    {
        var whole = view.Snapshot;
        var agents = ReferenceEquals(whole.Agents, source.Agents) ? last.Agents : Agents(whole);
        var queues = ReferenceEquals(whole.Queues, source.Queues) ? last.Queues : Keep(last.Queues, [.. whole.Queues.Where(Shows)]);
        var seen = whole with
        {
            Wall = wire,
            Agents = agents,
            Queues = queues,
            Teams = ReferenceEquals(whole.Teams, source.Teams) ? last.Teams : [.. whole.Teams.Where(team => Has(setup.Teams, team.Id)).Select(team => nameless is null ? team : Nameless.Of(team))],
            Verdicts = ReferenceEquals(whole.Verdicts, source.Verdicts) && ReferenceEquals(whole.Agents, source.Agents) ? last.Verdicts
                : Keep(last.Verdicts, [.. whole.Verdicts.Where(verdict => Shows(verdict, whole)).Select(verdict => Through(verdict, whole)).OrderBy(verdict => verdict.Id, StringComparer.Ordinal)]),
            // Which phones two sources differ about is the desk's business: such a note names people.
            Notes = nameless is null ? whole.Notes
                : ReferenceEquals(whole.Notes, source.Notes) && ReferenceEquals(whole.Agents, source.Agents) ? last.Notes
                : Keep(last.Notes, [.. whole.Notes.Where(note => !Nameless.Names(note.Text, whole.Agents))]),
            // The whole strip moves at its own pace; a wall of some queues follows it.
            Strip = setup.Queues.IsEmpty ? whole.Strip : ReferenceEquals(whole.Strip, source.Strip) ? last.Strip
                : FloorFigures.Strip(view.Floor with { Queues = view.Floor.Queues.RemoveRange(view.Floor.Queues.Keys.Where(name => !Has(setup.Queues, name))) }, whole.At),
            Totals = setup.Teams.IsEmpty && setup.Queues.IsEmpty ? whole.Totals : Same(last.Totals, WallTotals.Of(agents, queues)),
        };
        if (nameless is null) return seen;
        var duty = seen.Duty is { } holder ? Same(last.Duty, Nameless.Of(holder)) : null;
        return Nameless.Of(seen, duty, Same(last.DutyWatch, seen.DutyWatch with { HandingTo = null, HandingToName = null }));
    }

    private IReadOnlyList<WireAgent> Agents(WireSnapshot whole)
    {
        var shown = whole.Agents.Where(agent => agent.Team is { } team ? Has(setup.Teams, team) : setup.Teams.IsEmpty);
        // By their new ids, so that not even the order tells who is who.
        return Keep(last.Agents, nameless is null ? [.. shown.Select(Discreet)] : [.. shown.Select(Discreet).Select(nameless.Of).OrderBy(agent => agent.Id, StringComparer.Ordinal)]);
    }

    // On the wall a personal break is a short one (principle 4). Without an end it counts up where others count down: any end that is made
    // up would sooner or later show as overrun somebody who is not.
    private WireAgent Discreet(WireAgent agent) => agent.Break is { Kind: BreakKinds.Personal }
        ? discreet.GetValue(agent, static one => one with { Break = new(BreakKinds.ShortBreak, BreakKinds.ShortBreak, one.Break!.Since, null) })
        : agent;

    private bool Shows(WireQueue queue) => Has(setup.Queues, queue.Name);

    private bool Shows(WireVerdict verdict, WireSnapshot whole) => verdict.Subject.Kind switch
    {
        "agent" => setup.Teams.IsEmpty || whole.Agents.Any(agent => agent.Id == verdict.Subject.Id && agent.Team is { } team && Has(setup.Teams, team)),
        "team" => Has(setup.Teams, verdict.Subject.Id),
        "queue" => Has(setup.Queues, verdict.Subject.Id),
        _ => true,
    };

    private WireVerdict Through(WireVerdict verdict, WireSnapshot whole) =>
        nameless is null ? verdict : verdicts.GetValue(verdict, one => nameless.Of(one, whole.Agents));

    private static bool Has(Core.Floor.ValueArray<string> named, string id) => named.IsEmpty || named.Contains(id, StringComparer.Ordinal);

    private static T Same<T>(T? before, T now)
        where T : class => now.Equals(before) ? before : now;

    private static IReadOnlyList<T> Keep<T>(IReadOnlyList<T> before, IReadOnlyList<T> now)
        where T : class
    {
        if (before.Count != now.Count) return now;
        for (var i = 0; i < now.Count; i++)
            if (!ReferenceEquals(before[i], now[i])) return now;
        return before;
    }
}
