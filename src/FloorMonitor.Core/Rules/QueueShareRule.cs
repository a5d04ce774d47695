using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// What the rules about shares of a queue's last minutes have in common (Q). The window slides by whole minutes; a call weighs in the
/// minute in which it was decided. A window of which less than half was seen is not judged at all, and one that was seen in part says
/// so on the verdict: what a gap hid is neither good nor bad.
/// </summary>
public abstract record QueueShareRule : FloorRule, IQueueRule
{
    /// <summary>How long the window is.</summary>
    [Parameter("Over this long, up to now; whole minutes", Min = "1m", Max = "30m")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(Traffic.MinutesKept);

    /// <summary>How many calls there must be.</summary>
    [Parameter("Not judged while fewer offered calls than this were decided in the window", Min = "1", Max = "100000")]
    public int MinOffered { get; init; } = 10;

    private int Minutes => (int)Math.Ceiling(Window.TotalMinutes);

    /// <summary>The share that is asked, or allowed.</summary>
    protected abstract double Limit { get; }

    /// <summary>The share as it is; null where there is none.</summary>
    protected abstract double? ShareOf(CallCounts counts, Queue queue);

    /// <summary>Whether a share is worse than a limit.</summary>
    protected abstract bool IsWorse(double share, double limit);

    /// <summary>The share from which on it is critical.</summary>
    protected abstract double CriticalLimit { get; }

    /// <summary>What the share is, in words, without clause and gaps.</summary>
    protected abstract Text Say(double share, CallCounts counts, Queue queue, Text window);

    /// <summary>Whether a call of this outcome weighs against the queue here.</summary>
    protected abstract bool Weighs(CallOutcome outcome, Queue queue);

    /// <inheritdoc/>
    public Finding? Judge(Queue queue, FloorState floor, DateTimeOffset now)
    {
        var minute = Traffic.MinuteOf(now);
        if (!Holds(queue, floor, minute)) return null;
        return Describe(queue, floor, minute, SlidingMinutes.Since(minute, queue.Traffic.ChangedAt, one => Holds(queue, floor, one)));
    }

    /// <summary>At the call that made it better, or the minute that left the window.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var unchanged = new Closing(now, null, open.Measured, open.Text);
        if (!floor.Queues.TryGetValue(open.Subject.Id, out var queue)) return unchanged;
        if (SlidingMinutes.EndOf(Traffic.MinuteOf(now), queue.Traffic.ChangedAt, one => Holds(queue, floor, one)) is not { } end) return unchanged;
        // The words of the minute before: what was true as long as it held, however seldom the clock ticked.
        return Describe(queue, floor, end - 1, open.OpenedAt) is { } final ? new(Traffic.StartOf(end), null, final.Measured, final.Text) : unchanged;
    }

    private bool Holds(Queue queue, FloorState floor, long minute)
    {
        var counts = queue.Traffic.Sum(minute, Minutes);
        if (Formulas.Decided(counts) < MinOffered || ShareOf(counts, queue) is not { } share || !IsWorse(share, Limit)) return false;
        // Of the minutes that are over, so that it changes with the minutes only.
        var seen = TrafficWindow.Of(queue, floor, minute, Traffic.StartOf(minute), Minutes);
        return seen.Seen * 2 >= seen.Until - seen.From;
    }

    private Finding? Describe(Queue queue, FloorState floor, long minute, DateTimeOffset opensAt)
    {
        var window = TrafficWindow.Of(queue, floor, minute, Traffic.StartOf(minute), Minutes);
        if (ShareOf(window.Counts, queue) is not { } share) return null;
        var words = Say(share, window.Counts, queue, new(Sentences.Zh(Window), Sentences.En(Window)));
        if (window.Unseen > TimeSpan.Zero)
            words = new($"{words.Zh};其中 {Sentences.Zh(window.Unseen)}未见", $"{words.En}; {Sentences.En(window.Unseen)} of it out of sight");
        return new(
            new("queue", queue.Name), opensAt, opensAt, Sentences.WithClause(words.Zh, words.En, Clause), null, null,
            EvidenceOf(queue, window), GapsOf(queue, window))
        {
            Threshold = Limit,
            Measured = Math.Round(share, 4),
            Severity = IsWorse(share, CriticalLimit) ? Severity.Critical : null,
            OneAtATime = true,
        };
    }

    private ValueArray<long> EvidenceOf(Queue queue, TrafficWindow window)
    {
        var entries = new List<long>();
        foreach (var call in queue.Traffic.Weighing)
            if (call.At >= window.From && Weighs(call.Outcome, queue)) entries.Add(call.Entry);
        return Evidence.Of([.. entries]);
    }

    private static ValueArray<Gap> GapsOf(Queue queue, TrafficWindow window)
    {
        var gaps = new List<Gap>();
        if (queue.Traffic.Since > window.From) gaps.Add(new(window.From, queue.Traffic.Since));
        foreach (var gap in queue.Traffic.Gaps)
            if (gap.Until > window.From) gaps.Add(gap);
        return ValueArray.From(gaps);
    }
}
