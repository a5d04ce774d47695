using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Wire;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Http;

/// <summary>What came of it over the hub: the verdict as it now is, or the problem.</summary>
internal sealed record VerdictReply(bool Done, WireVerdict? Verdict, FloorProblem? Problem);

/// <summary>Through which people speak about verdicts, open and closed, by HTTP or by the hub.</summary>
internal sealed class VerdictDoor(EngineInbox inbox, FloorBoard board, IFloorStore store, TimeProvider time)
{
    /// <summary>The verbs of the API, with the step that each is.</summary>
    public static readonly IReadOnlyDictionary<string, string> Steps = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acknowledge"] = VerdictSteps.Acknowledged,
        ["excuse"] = VerdictSteps.Excused,
        ["dispute"] = VerdictSteps.Disputed,
        ["uphold"] = VerdictSteps.Upheld,
        ["overturn"] = VerdictSteps.Overturned,
    };

    private const int LongestId = 512;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>The verdict with this id, wherever it lies; null for none.</summary>
    public async Task<Verdict?> FindAsync(string id, CancellationToken stop)
    {
        // What is open is known here, though the store may be behind or away.
        if (id.Length is 0 or > LongestId) return null;
        if (board.State.Verdicts.TryGetValue(id, out var open)) return open;
        var found = await store.FindVerdictsAsync(new VerdictQuery(Id: id), stop);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Says something about a verdict.</summary>
    public async Task<VerdictReply> SayAsync(string id, string verb, string? by, string? reason, GateDoor door, CancellationToken gone)
    {
        if (!Steps.TryGetValue(verb, out var step)) return Failed(FloorProblem.NotFound(Complaints.IsNo(verb, "对判定的处置", "step of a verdict", Steps.Keys)));
        if (by is null or { Length: 0 or > 64 }) return Failed(FloorProblem.BadField("by", Complaints.WhoSaysSo));
        if (reason is { Length: > CommandBody.MaxSentence }) return Failed(FloorProblem.BadField("reason", Complaints.TextOf(CommandBody.MaxSentence)));

        // One that closes between the look and the writer's turn is found closed at the second look.
        for (var tries = 0; tries < 3; tries++)
        {
            if (await FindAsync(id, gone) is not { } found) return Failed(FloorProblem.NotFound(Complaints.NoVerdict(id)));
            var answer = new TaskCompletionSource<VerdictAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!inbox.TryPut(new VerdictAsked(id, step, by, reason, door, found.Status == VerdictStatus.Closed ? found : null, answer))) break;
            try
            {
                switch (await answer.Task.WaitAsync(AnswerWithin, time, gone))
                {
                    case VerdictTold told: return new(true, WireMapping.Of(told.Verdict, board.State), null);
                    case VerdictRefused refused: return Failed(FloorProblem.Conflict("disposition", "It cannot be said now", refused.Why));
                }
            }
            catch (TimeoutException)
            {
                break;
            }
        }

        return Failed(FloorProblem.Of(new TooBusy())!);
    }

    private static VerdictReply Failed(FloorProblem problem) => new(false, null, problem);
}
