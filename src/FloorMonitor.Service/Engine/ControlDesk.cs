using System.Threading.Channels;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// Does at the switches what was granted or enforced, outside the writer's loop: a slow switch never stops the floor. A
/// fixed number of lanes, each in order and bounded; one agent's actions always take the same lane, so that they arrive in
/// the order in which they were granted.
/// </summary>
internal sealed class ControlDesk(
    Func<string, IPbxControl?> controlOf, EngineInbox inbox, TimeProvider time, ILogger<ControlDesk> log)
{
    private const int LaneCount = 8;
    private const int LaneCapacity = 64;

    /// <summary>How long a switch may take for one action before it counts as silent.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly Channel<Job>[] lanes = [.. Enumerable.Range(0, LaneCount).Select(_ =>
        Channel.CreateBounded<Job>(new BoundedChannelOptions(LaneCapacity) { SingleReader = true }))];

    /// <summary>Whether there is room for what one agent is granted. Asked by the writer, who alone fills the lanes: what it finds stays so until it acts.</summary>
    public bool HasRoom(string agent) => LaneOf(agent).Reader.Count < LaneCapacity;

    /// <summary>Takes a granted command; the outcome is told once. False when its lane is full.</summary>
    public bool TryTake(string agent, ValueArray<PbxAction> actions, Action<CommandAnswer?> outcome) =>
        LaneOf(agent).Writer.TryWrite(new Job(actions, answer => outcome(answer)));

    /// <summary>Takes an enforcement; a failure comes back to the writer as its own event.</summary>
    public void Take(Enforcement enforcement)
    {
        var taken = enforcement.Event;
        if (LaneOf(taken.Agent).Writer.TryWrite(new Job(enforcement.Actions, answer => Enforced(taken, answer)))) return;
        log.LogError("No room to enforce {Verdict}", taken.Verdict);
        Enforced(taken, new TooBusy());
    }

    /// <summary>Works until stopped.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(lanes.Select(lane => WorkAsync(lane.Reader, stop)));

    private Channel<Job> LaneOf(string agent) => lanes[(uint)string.GetHashCode(agent, StringComparison.Ordinal) % LaneCount];

    private void Enforced(EnforcementTaken taken, CommandAnswer? answer)
    {
        if (answer is null) return;
        var why = answer switch
        {
            SwitchRefused refused => refused.Said,
            SwitchSilent => "no answer",
            _ => "too busy",
        };
        var failed = taken with { At = time.GetUtcNow(), Step = EnforcementStep.Failed, Note = why, Entry = 0 };
        if (!inbox.TryPut(new Noted(failed))) log.LogError("The failure of {Verdict}'s enforcement found no room: {Why}", taken.Verdict, why);
    }

    private async Task WorkAsync(ChannelReader<Job> jobs, CancellationToken stop)
    {
        await foreach (var job in jobs.ReadAllAsync(stop))
        {
            CommandAnswer? failure = null;
            for (var i = 0; i < job.Actions.Count && failure is null; i++) failure = await DoAsync(job.Actions[i], stop);

            job.Outcome(failure);
        }
    }

    private async Task<CommandAnswer?> DoAsync(PbxAction action, CancellationToken stop)
    {
        if (controlOf(action.Feed) is not { } control) return new SwitchRefused(action.Feed, "no such PBX is configured any more");
        using var limit = new CancellationTokenSource(AnswerWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            var result = await control.ExecuteAsync(action, both.Token).AsTask().WaitAsync(both.Token);
            if (result.Done) return null;
            log.LogWarning("{Feed} refused {Action}: {Answer}", action.Feed, action, result.Answer);
            return new SwitchRefused(action.Feed, result.Answer);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            log.LogWarning("{Feed} did not answer {Action}", action.Feed, action);
            return new SwitchSilent(action.Feed);
        }
    }

    private sealed record Job(ValueArray<PbxAction> Actions, Action<CommandAnswer?> Outcome);
}
