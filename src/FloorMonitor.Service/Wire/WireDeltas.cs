namespace FloorMonitor.Service.Wire;

/// <summary>The difference of two views. What did not change is the same object in both (<see cref="WireView"/>).</summary>
internal static class WireDeltas
{
    /// <summary>What leads from one to the other.</summary>
    public static WireDelta Between(WireSnapshot before, WireSnapshot after)
    {
        var (agents, agentsGone) = Each(before.Agents, after.Agents, agent => agent.Id);
        var (queues, queuesGone) = Each(before.Queues, after.Queues, queue => queue.Name);
        var (verdicts, verdictsGone) = Each(before.Verdicts, after.Verdicts, verdict => verdict.Id);
        return new(before.Version, after.Version, after.At)
        {
            Strip = IfOther(before.Strip, after.Strip),
            Site = before.Site == after.Site ? null : after.Site,
            TimeZone = before.TimeZone == after.TimeZone ? null : after.TimeZone,
            BusinessDay = before.BusinessDay == after.BusinessDay ? null : after.BusinessDay,
            BusinessDayStartedAt = before.BusinessDayStartedAt == after.BusinessDayStartedAt ? null : after.BusinessDayStartedAt,
            Store = IfOther(before.Store, after.Store),
            Feeds = IfOther(before.Feeds, after.Feeds),
            Teams = IfOther(before.Teams, after.Teams),
            BreakKinds = IfOther(before.BreakKinds, after.BreakKinds),
            Agents = agents,
            AgentsGone = agentsGone,
            Queues = queues,
            QueuesGone = queuesGone,
            Totals = IfOther(before.Totals, after.Totals),
            Duty = ReferenceEquals(before.Duty, after.Duty) ? default : new(true, after.Duty),
            DutyWatch = IfOther(before.DutyWatch, after.DutyWatch),
            Verdicts = verdicts,
            VerdictsGone = verdictsGone,
            Notes = IfOther(before.Notes, after.Notes),
        };
    }

    private static T? IfOther<T>(T before, T after)
        where T : class => ReferenceEquals(before, after) ? null : after;

    // Both lists are in the order of their keys: one walk along both finds everything.
    private static (IReadOnlyList<T>? Changed, IReadOnlyList<string>? Gone) Each<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> key)
        where T : class
    {
        if (ReferenceEquals(before, after)) return (null, null);
        List<T>? changed = null;
        List<string>? gone = null;
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            if (i < before.Count && j < after.Count && ReferenceEquals(before[i], after[j]))
            {
                i++;
                j++;
                continue;
            }

            var order = i == before.Count ? 1 : j == after.Count ? -1 : string.CompareOrdinal(key(before[i]), key(after[j]));
            if (order < 0) (gone ??= []).Add(key(before[i++]));
            else
            {
                (changed ??= []).Add(after[j++]);
                if (order == 0) i++;
            }
        }

        return (changed, gone);
    }
}
