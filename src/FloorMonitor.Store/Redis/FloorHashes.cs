using System.Globalization;
using System.Text.Json;
using FloorMonitor.Core.Floor;
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

    /// <summary>A queue's fields.</summary>
    public static HashEntry[] Of(Queue queue, QueueStaff staff, long version)
    {
        var counted = queue.Counters;
        return
        [
            new("version", version),
            new("label", queue.Label),
            new("waiting", queue.Waiting.Count),
            new("oldestWaitSince", Instant(queue.Waiting.IsEmpty ? null : queue.Waiting.Min(caller => caller.Since))),
            new("signedIn", staff.SignedIn),
            new("available", staff.Available),
            new("onCall", staff.OnCall),
            new("onBreak", staff.OnBreak),
            new("offered", counted.Offered),
            new("answered", counted.Answered),
            new("answeredWithin", counted.AnsweredWithin),
            new("abandoned", counted.Abandoned),
            new("left", counted.LeftOtherwise),
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
        var agents = state.Agents.Values.ToLookup(agent => agent.State);
        return
        [
            new("version", state.Version),
            new("at", Instant(state.At)),
            new("journalEntry", entry),
            new("site", state.Setup.Site),
            new("timeZone", state.Setup.TimeZone),
            new("businessDay", state.BusinessDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("waiting", state.Queues.Values.Sum(queue => queue.Waiting.Count)),
            new("signedIn", state.Agents.Values.Count(IsSignedIn)),
            new("available", agents[AgentState.Available].Count()),
            new("ringing", agents[AgentState.Ringing].Count()),
            new("onCall", agents[AgentState.OnCall].Count() + agents[AgentState.OnHold].Count()),
            new("wrapUp", agents[AgentState.WrapUp].Count()),
            new("onBreak", agents[AgentState.OnBreak].Count()),
            new("unreachable", agents[AgentState.Unreachable].Count()),
            new("unknown", agents[AgentState.Unknown].Count()),
            new("internalCalls", state.DialedCalls.Values.Count(call => call.Direction == CallDirection.Internal)),
            new("duty", state.Duty?.Holder ?? ""),
            new("dutySince", Instant(state.Duty?.Since)),
            new("openVerdicts", state.Verdicts.Count),
        ];
    }

    /// <summary>Who serves which queue now, counted in one walk over the agents.</summary>
    public static Dictionary<string, QueueStaff> Staff(FloorState state)
    {
        var staff = new Dictionary<string, QueueStaff>(StringComparer.Ordinal);
        foreach (var agent in state.Agents.Values)
        {
            if (!IsSignedIn(agent)) continue;
            foreach (var member in agent.Members)
            {
                var now = staff.GetValueOrDefault(member.Queue);
                staff[member.Queue] = now with
                {
                    SignedIn = now.SignedIn + 1,
                    // Paused in this queue alone is not available here, whatever the other queues say.
                    Available = now.Available + (agent.State == AgentState.Available && !member.Paused ? 1 : 0),
                    OnCall = now.OnCall + (agent.State is AgentState.OnCall or AgentState.OnHold ? 1 : 0),
                    OnBreak = now.OnBreak + (agent.State == AgentState.OnBreak ? 1 : 0),
                };
            }
        }

        return staff;
    }

    /// <summary>A word of the API: the name in camelCase.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>An instant as text; empty for none.</summary>
    public static string Instant(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";

    private static bool IsSignedIn(Agent agent) => agent.State is not AgentState.SignedOut && agent.Session is { LeftAt: null };
}

/// <summary>Who serves a queue now.</summary>
internal readonly record struct QueueStaff(int SignedIn, int Available, int OnCall, int OnBreak);
