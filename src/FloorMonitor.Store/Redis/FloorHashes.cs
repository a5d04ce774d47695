using System.Globalization;
using System.Text.Json;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using StackExchange.Redis;

namespace FloorMonitor.Store.Redis;

/// <summary>A floor's parts as the fields that other programs read. Every field is always present, so that a write replaces the whole fact.</summary>
internal static class FloorHashes
{
    /// <summary>An agent's fields.</summary>
    public static HashEntry[] Of(Agent agent, long version)
    {
        var signedIn = agent.Session is { LeftAt: null } session ? session.SignedInAt : (DateTimeOffset?)null;
        return
        [
            new("version", version),
            new("state", Word(agent.State)),
            new("since", Instant(agent.Since)),
            new("name", agent.Name),
            new("team", agent.Team ?? ""),
            new("seat", agent.Seat ?? ""),
            new("address", agent.Address),
            new("signedInAt", Instant(signedIn)),
            new("queues", string.Join(',', agent.Members.Select(member => member.Queue))),
            new("pausedQueues", string.Join(',', agent.Members.Where(member => member.Paused).Select(member => member.Queue))),
            new("breakKind", agent.Break?.Kind ?? ""),
            new("breakReason", agent.Break?.Reason ?? ""),
            new("breakSince", Instant(agent.Break?.Since)),
            new("breakEndsAt", Instant(agent.Break?.EndsAt)),
            new("callQueue", agent.Call?.Queue ?? ""),
            new("callDirection", agent.Call is { } call ? Word(call.Direction) : ""),
            new("callSince", Instant(agent.Call?.Since)),
            new("wrapUpEndsAt", Instant(agent.WrapUp?.EndsAt)),
            new("handRaisedAt", Instant(agent.HandRaisedAt)),
        ];
    }

    /// <summary>A queue's fields: the very figures that the wall shows.</summary>
    public static HashEntry[] Of(QueueFigures figures, long version)
    {
        var counted = figures.Queue.Counters;
        return
        [
            new("version", version),
            new("label", figures.Queue.Label),
            new("waiting", figures.Waiting),
            new("oldestWaitSince", Instant(figures.OldestWaitSince)),
            new("signedIn", figures.SignedIn),
            new("available", figures.Available),
            new("onCall", figures.OnCall),
            new("onBreak", figures.OnBreak),
            new("offered", counted.Offered),
            new("answered", counted.Answered),
            new("answeredWithin", counted.AnsweredWithin),
            new("abandoned", counted.Abandoned),
            new("left", counted.LeftOtherwise),
            new("serviceLevel", Number(figures.ServiceLevel)),
            new("serviceLevelWithinMs", (long)figures.Queue.ServiceLevelWithin.TotalMilliseconds),
            new("serviceLevelFormula", Word(figures.Queue.Formula)),
            new("asaMs", Millis(figures.AverageSpeedOfAnswer)),
            new("ahtMs", Millis(figures.AverageHandleTime)),
            new("abandonRate", Number(figures.AbandonRate)),
            new("connectRate", Number(figures.ConnectRate)),
            new("countedSince", Instant(counted.Since)),
            new("unseenMs", (long)counted.Unseen.TotalMilliseconds),
            new("missed", counted.Missed),
        ];
    }

    /// <summary>A feed's fields.</summary>
    public static HashEntry[] Of(Feed feed, long version) =>
    [
        new("version", version),
        new("kind", feed.Kind),
        new("state", Word(feed.State)),
        new("since", Instant(feed.Since)),
        new("switchStartedAt", Instant(feed.SwitchStartedAt)),
        new("reason", feed.Reason),
    ];

    /// <summary>The whole floor's fields.</summary>
    public static HashEntry[] Of(FloorState state, long entry)
    {
        var totals = FloorTotals.Of(state);
        return
        [
            new("version", state.Version),
            new("at", Instant(state.At)),
            new("journalEntry", entry),
            new("site", state.Setup.Site),
            new("timeZone", state.Setup.TimeZone),
            new("businessDay", state.BusinessDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("waiting", totals.Waiting),
            new("oldestWaitSince", Instant(totals.OldestWaitSince)),
            new("signedIn", totals.SignedIn),
            new("available", totals.Available),
            new("ringing", totals.Ringing),
            new("onCall", totals.OnCall),
            new("wrapUp", totals.WrapUp),
            new("onBreak", totals.OnBreak),
            new("unreachable", totals.Unreachable),
            new("unknown", totals.Unknown),
            new("internalCalls", totals.InternalCalls),
            new("duty", state.Duty?.Holder ?? ""),
            new("dutySince", Instant(state.Duty?.Since)),
            new("openVerdicts", state.Verdicts.Count),
        ];
    }

    /// <summary>A word of the API: the name in camelCase.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>An instant as text; empty for none.</summary>
    public static string Instant(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";

    private static RedisValue Millis(TimeSpan? time) => time is { } known ? (long)known.TotalMilliseconds : "";

    private static RedisValue Number(double? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
