using System.Text.Json;
using System.Text.Json.Serialization;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>GET /api/floor, as a script outside the house reads it: the public contract, none of the product's types.</summary>
public sealed record FloorView(
    long Version,
    DateTimeOffset At,
    StoreView Store,
    IReadOnlyList<FeedView> Feeds,
    IReadOnlyList<AgentView> Agents,
    IReadOnlyList<QueueView> Queues,
    TotalsView Totals,
    IReadOnlyList<VerdictView> Verdicts)
{
    /// <summary>Notes for the desk.</summary>
    public IReadOnlyList<NoteView> Notes { get; init; } = [];

    /// <summary>How it is read: names in camelCase, unknown ones passed over.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>The agent of an id.</summary>
    public AgentView Agent(string id) => Agents.FirstOrDefault(agent => agent.Id == id) ?? throw new InvalidOperationException($"No agent {id} in {this}");

    /// <summary>The queue of a name.</summary>
    public QueueView Queue(string name) => Queues.FirstOrDefault(queue => queue.Name == name) ?? throw new InvalidOperationException($"No queue {name} in {this}");

    /// <summary>Whether every feed is synced.</summary>
    [JsonIgnore]
    public bool IsSynced => Feeds.Count > 0 && Feeds.All(feed => feed.State == "synced");

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize(this, Json);
}

/// <summary>The store.</summary>
public sealed record StoreView(string State, DateTimeOffset Since, long Backlog, string? Note);

/// <summary>A feed.</summary>
public sealed record FeedView(string Name, string Kind, string State, DateTimeOffset Since, string? Reason);

/// <summary>An agent.</summary>
public sealed record AgentView(
    string Id,
    string Name,
    string? Team,
    string State,
    DateTimeOffset Since,
    DateTimeOffset? SignedInAt,
    string? Seat,
    IReadOnlyList<string> Queues,
    IReadOnlyList<string> PausedQueues,
    BreakView? Break,
    CallView? Call,
    DateTimeOffset? WrapUpEndsAt)
{
    /// <summary>What feeds that watch phones see.</summary>
    public IReadOnlyList<PhoneView> Phones { get; init; } = [];
}

/// <summary>A phone as one source sees it.</summary>
public sealed record PhoneView(string Feed, string State, string Word, TextView? Lost, DateTimeOffset? DisagreesSince);

/// <summary>A sentence in both languages.</summary>
public sealed record TextView(string Zh, string En);

/// <summary>A note for the desk.</summary>
public sealed record NoteView(string Key, TextView Text);

/// <summary>A break.</summary>
public sealed record BreakView(string Kind, string Reason, DateTimeOffset Since, DateTimeOffset? EndsAt);

/// <summary>A call.</summary>
public sealed record CallView(string Id, string? Queue, string Direction, DateTimeOffset Since, bool Answered, string? Party);

/// <summary>A queue.</summary>
public sealed record QueueView(
    string Name,
    int Waiting,
    DateTimeOffset? OldestWaitSince,
    int SignedIn,
    int Available,
    int OnCall,
    int OnBreak,
    int Offered,
    int Answered,
    int Abandoned,
    DateTimeOffset? CountedSince);

/// <summary>The floor's sums.</summary>
public sealed record TotalsView(int Waiting, int OnBreak, int InternalCalls, int SignedIn, int Available, int OnCall);

/// <summary>A verdict.</summary>
public sealed record VerdictView(
    string Id,
    string Rule,
    string Clause,
    SubjectView Subject,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    string Status,
    IReadOnlyList<long> Evidence,
    IReadOnlyList<StepView> History);

/// <summary>Whom a verdict is about.</summary>
public sealed record SubjectView(string Kind, string Id);

/// <summary>A step of a verdict's life.</summary>
public sealed record StepView(DateTimeOffset At, string By, string Step);
