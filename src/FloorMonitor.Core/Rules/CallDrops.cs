using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// P4.8: calls break off: the network ends them, or they end within seconds of the answer (one-way audio ends so). The window slides by
/// whole minutes. A queue's transfer is no drop, however quick, and a call that nobody took is none either, unless the network says so.
/// </summary>
public sealed record CallDrops : FloorRule, ISiteRule
{
    /// <summary>The rule with its defaults.</summary>
    public CallDrops() => Severity = Severity.Critical;

    /// <inheritdoc/>
    public override string Id => "call-drops";

    /// <inheritdoc/>
    public override string Clause => "P4.8";

    /// <inheritdoc/>
    public override Text Meaning => new("通话异常中断过多", "Too many calls break off");

    /// <summary>Which share.</summary>
    [Parameter("More than this share of the calls that ended broke off", IsShare = true)]
    public double Max { get; init; } = 0.05;

    /// <summary>Over which time.</summary>
    [Parameter("Over this long, up to now; whole minutes", Min = "1m", Max = "30m")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many at least.</summary>
    [Parameter("Fewer than this many are chance", Min = "1", Max = "10000")]
    public int AtLeast { get; init; } = 5;

    /// <summary>How quick an end is too quick.</summary>
    [Parameter("A call that ends this soon after its answer broke off; whole seconds", Min = "0s", Max = "10s")]
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(5);

    private int Minutes => (int)Math.Ceiling(Window.TotalMinutes);

    /// <inheritdoc/>
    public Finding? Judge(FloorState floor, DateTimeOffset now)
    {
        var endings = floor.Health.Endings;
        var minute = Traffic.MinuteOf(now);
        if (!Holds(endings, minute)) return null;
        return Describe(endings, minute, SlidingMinutes.Since(minute, endings.ChangedAt, one => Holds(endings, one)), floor);
    }

    /// <summary>With the call that made it better, or the minute that left the window.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var endings = floor.Health.Endings;
        if (SlidingMinutes.EndOf(Traffic.MinuteOf(now), endings.ChangedAt, one => Holds(endings, one)) is not { } end) return new(now, null, open.Measured, open.Text);
        var last = Describe(endings, end - 1, open.OpenedAt, floor);
        return new(Traffic.StartOf(end), null, last.Measured, last.Text);
    }

    private bool Holds(CallEndings endings, long minute)
    {
        var (ended, broken) = endings.Sum(minute, Minutes, (int)Within.TotalSeconds);
        return broken >= AtLeast && broken > Max * ended;
    }

    private Finding Describe(CallEndings endings, long minute, DateTimeOffset opensAt, FloorState floor)
    {
        var (ended, broken) = endings.Sum(minute, Minutes, (int)Within.TotalSeconds);
        var from = Traffic.StartOf(minute - Minutes + 1);
        var (entries, network) = (new List<long>(), 0);
        foreach (var bad in endings.Bad)
        {
            if (bad.At < from || bad.Second > Within.TotalSeconds) continue;
            entries.Add(bad.Entry);
            if (bad.Second == BadEnding.ByNetwork) network++;
        }

        var share = (double)broken / Math.Max(1, Math.Max(ended, broken));
        var (value, max) = (Sentences.Percent(share), Sentences.Percent(Max));
        var text = Sentences.WithClause(
            $"近 {Sentences.Zh(Window)}结束的 {ended} 通通话中 {broken} 通异常中断({value}),上限 {max};网络原因 {network} 通,其余在接通 {Sentences.Zh(Within)}内结束",
            $"{broken} of the {ended} calls that ended in the last {Sentences.En(Window)} broke off ({value}), at most {max} should; {network} by the network, the others within {Sentences.En(Within)} of the answer",
            Clause);
        return new(new("floor", floor.Setup.Site), opensAt, opensAt, text, null, null, Evidence.Of([.. entries]), [])
        {
            Threshold = Max,
            Measured = Math.Round(share, 4),
            OneAtATime = true,
        };
    }
}
