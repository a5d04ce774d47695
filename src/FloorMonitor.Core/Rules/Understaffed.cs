using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// O3, O4, O5: a queue has fewer agents than its calls need. The calls are those of the last minutes, how long one takes is the day's
/// average, what is needed says Erlang C; who is there was noted minute by minute, free or at work and not paused. An agent of several
/// queues counts in each, so it speaks up rather late than early. Looked at when a minute begins: its instants are full minutes.
/// </summary>
public sealed record Understaffed : FloorRule, IQueueRule
{
    /// <inheritdoc/>
    public override string Id => "understaffed";

    /// <inheritdoc/>
    public override string Clause => "O3, O4, O5";

    /// <inheritdoc/>
    public override Text Meaning => new("在岗座席少于所需", "A queue has fewer agents than its calls need");

    /// <summary>The service level to be reached.</summary>
    [Parameter("The service level that the agents should reach, within the queue's own seconds", IsShare = true)]
    public double Target { get; init; } = 0.80;

    /// <summary>How long it must last.</summary>
    [Parameter("Too few for this long; whole minutes", Min = "1m", Max = "10m")]
    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Over which time calls are counted.</summary>
    [Parameter("The calls of this long, up to the beginning of the minute, are what comes now; whole minutes", Min = "1m", Max = "15m")]
    public TimeSpan Over { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many calls there must be.</summary>
    [Parameter("Not judged while fewer calls than this came in that time, or were handled today", Min = "1", Max = "100000")]
    public int MinCalls { get; init; } = 10;

    /// <summary>Who helps out.</summary>
    [Parameter("Teams that help out where hands are short (the flex team)")]
    public ValueArray<string> Flex { get; init; }

    private int Minutes => (int)Math.Ceiling(Over.TotalMinutes);

    /// <inheritdoc/>
    public Finding? Judge(Queue queue, FloorState floor, DateTimeOffset now)
    {
        if (queue.Counters.Handled < MinCalls || Formulas.AverageHandleTime(queue.Counters) is not { } handle) return null;
        var minute = Traffic.MinuteOf(now);
        if (!IsShort(queue, floor, handle, minute)) return null;
        if (OpenOf(queue, floor) is { } open) return GoesOn(open, queue, floor, handle, minute, now);
        var since = minute;
        while (minute - since <= Traffic.MinutesKept - Minutes && IsShort(queue, floor, handle, since - 1)) since--;
        var begin = Traffic.StartOf(since);
        var opensAt = begin + TimeSpan.FromMinutes(Math.Ceiling(For.TotalMinutes));
        return Describe(queue, floor, handle, minute, opensAt, now);
    }

    // What is open is told anew when its numbers change, which they do with the minutes, and not with every call and every break.
    private Finding GoesOn(Verdict open, Queue queue, FloorState floor, TimeSpan handle, long minute, DateTimeOffset now)
    {
        var staffed = StaffedAt(queue, minute) ?? 0;
        var needed = ErlangC.AgentsNeeded(LoadOf(queue, floor, handle, minute).Load, handle, queue.ServiceLevelWithin, Target);
        if (open.Measured != staffed || open.Threshold != needed) return Describe(queue, floor, handle, minute, open.OpenedAt, now);
        return new(open.Subject, open.OpenedAt, open.OpenedAt, open.Text, null, null, open.Evidence, [])
        {
            Threshold = open.Threshold,
            Measured = open.Measured,
            OneAtATime = true,
        };
    }

    private Verdict? OpenOf(Queue queue, FloorState floor)
    {
        foreach (var (_, verdict) in floor.Verdicts)
            if (verdict.Rule == Id && verdict.Subject.Id == queue.Name) return verdict;
        return null;
    }

    /// <summary>With the minute in which there were enough.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var at = Traffic.StartOf(Traffic.MinuteOf(now));
        return new(at > open.OpenedAt ? at : now, null, open.Measured, open.Text);
    }

    private bool IsShort(Queue queue, FloorState floor, TimeSpan handle, long minute)
    {
        if (StaffedAt(queue, minute) is not (>= 0 and var staffed)) return false;
        var (load, calls) = LoadOf(queue, floor, handle, minute);
        // One recursion up to those who are there answers it; how many are needed is asked only when it is told.
        return calls >= MinCalls && ErlangC.ServiceLevel(load, staffed, handle, queue.ServiceLevelWithin) < Target;
    }

    private (double Load, int Calls) LoadOf(Queue queue, FloorState floor, TimeSpan handle, long minute)
    {
        var window = TrafficWindow.Of(queue, floor, minute - 1, Traffic.StartOf(minute), Minutes);
        // Half a window tells as much of a rate as a whole one, only less surely; less than that tells nothing.
        if (window.Seen * 2 < window.Until - window.From) return (0, 0);
        return (ErlangC.Load(window.Counts.Offered, window.Seen, handle), window.Counts.Offered);
    }

    private static int? StaffedAt(Queue queue, long minute)
    {
        var (at, staffed) = (Traffic.StartOf(minute), (int?)null);
        foreach (var noted in queue.Traffic.Staffed)
            if (noted.At <= at) staffed = noted.Agents;
        return staffed;
    }

    private Finding Describe(Queue queue, FloorState floor, TimeSpan handle, long minute, DateTimeOffset opensAt, DateTimeOffset now)
    {
        var staffed = StaffedAt(queue, minute) ?? 0;
        var (load, calls) = LoadOf(queue, floor, handle, minute);
        var needed = ErlangC.AgentsNeeded(load, handle, queue.ServiceLevelWithin, Target);
        var (zh, en) = (
            $"队列 {queue.Label} 需 {needed} 人,在岗 {staffed} 人(近 {Sentences.Zh(Over)}来电 {calls} 通,平均处理 {Sentences.Zh(handle)},目标 {Sentences.Percent(Target)} / {Sentences.Zh(queue.ServiceLevelWithin)})",
            $"{queue.Label} needs {needed} agents and has {staffed} ({calls} calls in the last {Sentences.En(Over)}, {Sentences.En(handle)} each, target {Sentences.Percent(Target)} within {Sentences.En(queue.ServiceLevelWithin)})");
        if (WhoHelps.With(queue, floor, Flex, now) is { } help) (zh, en) = ($"{zh};可支援:{help.Zh}", $"{en}; can help: {help.En}");
        return new(new("queue", queue.Name), opensAt, opensAt, Sentences.WithClause(zh, en, Clause), null, null, Evidence.Of(queue.Traffic.Arrivals.AsSpan()), [])
        {
            Threshold = needed,
            Measured = staffed,
            OneAtATime = true,
        };
    }
}
