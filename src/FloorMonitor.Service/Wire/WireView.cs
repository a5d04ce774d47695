using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Planning;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Wire;

/// <summary>
/// The floor as screens see it, at one version. Made of the previous one: what did not change is the very same object, so
/// that a difference is found by comparing references, and a thousand quiet agents cost nothing.
/// </summary>
internal sealed class WireView
{
    private static readonly string Build =
        typeof(WireView).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    // A verdict is immutable, so what it looks like outside is made once.
    private static readonly ConditionalWeakTable<Verdict, WireVerdict> Verdicts = [];

    private static readonly TimeSpan ShiftHolds = TimeSpan.FromSeconds(10);

    private readonly ImmutableDictionary<string, Shown> shown;
    private readonly StripView strip;
    private readonly ImmutableArray<IFloorRule> rules;

    private WireView(WireSnapshot snapshot, ImmutableDictionary<string, Shown> shown, StripView strip, FloorState floor, ImmutableArray<IFloorRule> rules)
    {
        Snapshot = snapshot;
        this.shown = shown;
        this.strip = strip;
        this.rules = rules;
        Floor = floor;
    }

    /// <summary>The view of the floor of which nothing is known.</summary>
    public static WireView Empty { get; } = new(
        new(0, default, "", "", default, Build, new("ok", default, 0, ""), [], [], [], [], [], FloorFigures.Totals(FloorState.Empty), null, [], []),
        ImmutableDictionary<string, Shown>.Empty,
        StripView.Empty,
        FloorState.Empty,
        []);

    /// <summary>Everything of it.</summary>
    public WireSnapshot Snapshot { get; }

    /// <summary>The floor that it shows.</summary>
    public FloorState Floor { get; }

    /// <summary>Its version; grows with every change that a screen could see.</summary>
    public long Version => Snapshot.Version;

    /// <summary>An agent of it; null for nobody of that id.</summary>
    public WireAgent? Agent(string id) => shown.GetValueOrDefault(id)?.Wire;

    /// <summary>The next view. Its version is greater exactly if something in it differs.</summary>
    /// <param name="floor">The newest floor.</param>
    /// <param name="inForce">The rules in force, for what they say of each agent.</param>
    /// <param name="health">How the store is.</param>
    /// <param name="notes">What the desk should know.</param>
    /// <param name="now">The instant that it is true for.</param>
    public WireView Next(FloorState floor, ImmutableArray<IFloorRule> inForce, StoreHealth health, IReadOnlyList<DeskNote> notes, DateTimeOffset now)
    {
        var (agents, shownNow) = AgentsOf(floor, inForce, now);
        var stripNow = strip.Next(floor, now);
        var last = Snapshot;
        var next = last with
        {
            At = now,
            Site = floor.Setup.Site,
            TimeZone = floor.Setup.TimeZone,
            BusinessDay = floor.BusinessDay,
            // Before the first event there is no day yet.
            BusinessDayStartedAt = floor.BusinessDayEndsAt == default ? default : BusinessDay.StartOf(floor.BusinessDay, floor.Setup),
            Store = Keep(last.Store, WireMapping.Of(health)),
            Feeds = Keep(last.Feeds, FeedsOf(floor)),
            Teams = Keep(last.Teams, [.. floor.Setup.Teams.Select(team => new WireTeam(team.Id, team.Label, team.Lead, team.Supervisor))]),
            BreakKinds = Keep(last.BreakKinds, [.. floor.Setup.Breaks.Select(kind => new WireBreakKind(kind.Kind, WireMapping.Ms(BreakLimits.General(floor.Setup, kind.Kind))))]),
            Agents = agents,
            Queues = IsQuiet(floor, now) ? last.Queues : KeepEach(last.Queues, FloorFigures.Queues(floor, now)),
            Strip = stripNow.Wire,
            Totals = Keep(last.Totals, FloorFigures.Totals(floor)),
            Duty = floor.Duty is { } duty ? Keep(last.Duty, WireMapping.Of(duty, floor)) : null,
            DutyWatch = Keep(last.DutyWatch, FloorFigures.DutyWatch(floor, inForce, now)),
            Verdicts = ReferenceEquals(floor.Verdicts, Floor.Verdicts) ? last.Verdicts : VerdictsOf(floor),
            Notes = Keep(last.Notes, [.. notes.Select(WireMapping.Of)]),
        };
        var differs = !WireDeltas.Between(last, next).IsEmpty;
        return new(differs ? next with { Version = Math.Max(last.Version + 1, floor.Version) } : next, shownNow, stripNow, floor, inForce);
    }

    // What slides with the minutes slides though nothing happens.
    private bool IsQuiet(FloorState floor, DateTimeOffset now) =>
        ReferenceEquals(floor.Agents, Floor.Agents) && ReferenceEquals(floor.Queues, Floor.Queues) && ReferenceEquals(floor.Feeds, Floor.Feeds)
        && Traffic.MinuteOf(now) == Traffic.MinuteOf(Snapshot.At);

    private (IReadOnlyList<WireAgent> Agents, ImmutableDictionary<string, Shown> Shown) AgentsOf(
        FloorState floor, ImmutableArray<IFloorRule> inForce, DateTimeOffset now)
    {
        var sameSetup = ReferenceEquals(floor.Setup, Floor.Setup) && inForce == rules;
        var builder = shown.ToBuilder();
        var changed = false;
        var positions = ReferenceEquals(floor.Agents, Floor.Agents) && sameSetup ? null : TicketWords.Positions(floor);
        foreach (var (id, agent) in floor.Agents)
        {
            // Another's turn moves the place of those who wait behind.
            int? position = agent.Ticket is { Status: TicketStatus.Queued } ? positions?.GetValueOrDefault(id) ?? shown.GetValueOrDefault(id)?.Wire.Ticket?.Position : null;
            if (sameSetup && shown.TryGetValue(id, out var before) && ReferenceEquals(before.Agent, agent) && now < before.Until
                && before.Wire.Ticket?.Position == position) continue;
            var terms = BreakTerms.For(inForce, agent, floor, now);
            var (hour, until) = FloorFigures.Hour(agent, floor, terms, now);
            var ticket = FloorFigures.Ticket(agent, position, floor, terms);
            var warnAt = FloorFigures.WarnAt(agent, floor, inForce, now);
            var lockedUntil = FloorFigures.LockedUntil(agent, floor, inForce, now);
            // Which shift is meant changes with time alone, and not in the blink of an eye.
            if (Roster.IsKept(floor.Setup) && now + ShiftHolds < until) until = now + ShiftHolds;
            var (cph, cphUntil) = FloorFigures.Cph(agent, floor, inForce, now);
            if (cphUntil < until) until = cphUntil;
            var wire = WireMapping.Of(agent, hour, ticket, warnAt, lockedUntil, cph, Roster.Of(floor, id, now), FloorFigures.Limits(agent, floor, now));
            if (shown.TryGetValue(id, out var last) && ReferenceEquals(last.Agent, agent) && IsAsShown(last.Wire, wire)) wire = last.Wire;
            builder[id] = new(agent, wire, lockedUntil < until ? lockedUntil.Value : until);
            changed = true;
        }

        if (builder.Count > floor.Agents.Count)
        {
            builder.RemoveRange(shown.Keys.Where(id => !floor.Agents.ContainsKey(id)));
            changed = true;
        }

        if (!changed) return (Snapshot.Agents, shown);
        var next = builder.ToImmutable();
        return ([.. next.Values.Select(one => one.Wire).OrderBy(agent => agent.Id, StringComparer.Ordinal)], next);
    }

    // Of an agent of whom nothing happened only what time brings can differ.
    private static bool IsAsShown(WireAgent shown, WireAgent next) =>
        shown.Hour == next.Hour && shown.LockedUntil == next.LockedUntil && shown.Shift == next.Shift && shown.Ticket == next.Ticket && shown.Cph == next.Cph && shown.Break == next.Break
        && shown.Limits.SequenceEqual(next.Limits);

    private static WireFeed[] FeedsOf(FloorState floor) =>
        [.. floor.Feeds.Values.OrderBy(feed => feed.Name, StringComparer.Ordinal).Select(WireMapping.Of)];

    private static IReadOnlyList<WireVerdict> VerdictsOf(FloorState floor) =>
        [.. floor.Verdicts.Values.OrderBy(verdict => verdict.Id, StringComparer.Ordinal).Select(verdict => Verdicts.GetValue(verdict, one => WireMapping.Of(one, floor)))];

    private static T Keep<T>(T? last, T next)
        where T : class => next.Equals(last) ? last : next;

    private static IReadOnlyList<T> Keep<T>(IReadOnlyList<T> last, IReadOnlyList<T> next) => last.SequenceEqual(next) ? last : next;

    // The same objects for the queues that did not change, so that a difference names only those that did.
    private static IReadOnlyList<WireQueue> KeepEach(IReadOnlyList<WireQueue> last, IReadOnlyList<WireQueue> next)
    {
        var before = last.ToDictionary(queue => queue.Name, StringComparer.Ordinal);
        return Keep(last, [.. next.Select(queue => before.TryGetValue(queue.Name, out var same) && same == queue ? same : queue)]);
    }

    private sealed record Shown(Agent Agent, WireAgent Wire, DateTimeOffset Until);
}
