using System.Collections.Immutable;

namespace FloorMonitor.Core.Floor;

/// <summary>
/// The next state while one event is folded into it. A ref struct: an event that is no news allocates nothing, and one that is
/// makes a single new <see cref="FloorState"/>.
/// </summary>
internal ref struct FloorDraft
{
    private readonly FloorState before;

    public FloorDraft(FloorState before, FloorEvent cause)
    {
        this.before = before;
        At = cause.At;
        Entry = cause.Entry;
        Setup = before.Setup;
        BusinessDay = before.BusinessDay;
        BusinessDayEndsAt = before.BusinessDayEndsAt;
        SetupEntry = before.SetupEntry;
        Feeds = before.Feeds;
        Agents = before.Agents;
        Queues = before.Queues;
        DialedCalls = before.DialedCalls;
        Duty = before.Duty;
        Health = before.Health;
        Baselines = before.Baselines;
        NotedAt = before.NotedAt;
        DutyWatch = before.DutyWatch;
        Excuses = before.Excuses;
        LastMessage = before.LastMessage;
        NextDueAt = before.NextDueAt;
        DueAgents = before.DueAgents;
    }

    /// <summary>The event's instant and journal entry.</summary>
    public readonly DateTimeOffset At;
    public readonly long Entry;

    public FloorSetup Setup;
    public long SetupEntry;
    public DateOnly BusinessDay;
    public DateTimeOffset BusinessDayEndsAt;
    public ImmutableDictionary<string, Feed> Feeds;
    public ImmutableDictionary<string, Agent> Agents;
    public ImmutableDictionary<string, Queue> Queues;
    public ImmutableDictionary<string, DialedCall> DialedCalls;
    public Duty? Duty;
    public FloorHealth Health;
    public ImmutableDictionary<string, ArrivalBaseline> Baselines;
    public DateTimeOffset NotedAt;
    public DutyWatch DutyWatch;
    public ValueArray<ShiftExcuse> Excuses;
    public long LastMessage;
    public DateTimeOffset NextDueAt;
    public DueList? DueAgents;

    /// <summary>When the floor last had news, before this event.</summary>
    public readonly DateTimeOffset LastNewsAt => before.At;

    /// <summary>Whether a feed can be seen now; one that nobody configured is taken at its word.</summary>
    public readonly bool InSight(string feed) => !Feeds.TryGetValue(feed, out var found) || found.State == FeedState.Synced;

    public void Put(Agent agent)
    {
        if (Agents.TryGetValue(agent.Id, out var old) && (ReferenceEquals(old, agent) || old.Equals(agent))) return;
        Agents = Agents.SetItem(agent.Id, agent);
        if (!DueList.IsDue(agent)) return;
        Due(DueList.DueOf(agent));
        if (old is null || !DueList.IsDue(old)) DueAgents = DueAgents?.With(agent.Id);
    }

    public void Put(Queue queue)
    {
        if (Queues.TryGetValue(queue.Name, out var old) && (ReferenceEquals(old, queue) || old.Equals(queue))) return;
        Queues = Queues.SetItem(queue.Name, queue);
        if (!queue.Leaving.IsEmpty) Due(queue.Leaving[0].LeftAt + ClockFold.ReasonComesWithin);
    }

    /// <summary>Something is to be looked at when this instant comes.</summary>
    public void Due(DateTimeOffset at)
    {
        if (at < NextDueAt) NextDueAt = at;
    }

    /// <summary>
    /// The state after the event: the very same object when nothing changed. A newly worked out <see cref="FloorState.NextDueAt"/>
    /// alone is no news: the version stays.
    /// </summary>
    public readonly FloorState Build()
    {
        var news = !ReferenceEquals(Feeds, before.Feeds) || !ReferenceEquals(Agents, before.Agents)
            || !ReferenceEquals(Queues, before.Queues) || !ReferenceEquals(DialedCalls, before.DialedCalls)
            || !ReferenceEquals(Setup, before.Setup) || SetupEntry != before.SetupEntry || !ReferenceEquals(Duty, before.Duty) || !ReferenceEquals(DutyWatch, before.DutyWatch) || Excuses != before.Excuses
            || !ReferenceEquals(Health, before.Health) || !ReferenceEquals(Baselines, before.Baselines)
            || BusinessDay != before.BusinessDay || BusinessDayEndsAt != before.BusinessDayEndsAt;
        if (!news)
        {
            return NextDueAt == before.NextDueAt && ReferenceEquals(DueAgents, before.DueAgents) && NotedAt == before.NotedAt
                ? before
                : before with { NextDueAt = NextDueAt, DueAgents = DueAgents, NotedAt = NotedAt };
        }

        return before with
        {
            Version = before.Version + 1,
            At = At > before.At ? At : before.At,
            Setup = Setup,
            SetupEntry = SetupEntry,
            BusinessDay = BusinessDay,
            BusinessDayEndsAt = BusinessDayEndsAt,
            NextDueAt = NextDueAt,
            DueAgents = DueAgents,
            Feeds = Feeds,
            Agents = Agents,
            Queues = Queues,
            DialedCalls = DialedCalls,
            Duty = Duty,
            Health = Health,
            Baselines = Baselines,
            NotedAt = NotedAt,
            DutyWatch = DutyWatch,
            Excuses = Excuses,
            LastMessage = LastMessage,
        };
    }
}
