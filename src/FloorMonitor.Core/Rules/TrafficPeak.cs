using System.Globalization;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// P4.8: far more calls come than this hour of the week usually brings. It says nothing until it knows the hour: by default three
/// weeks of it, seen whole (36 times five minutes). A window across a full hour is compared with what both hours bring.
/// </summary>
public sealed record TrafficPeak : FloorRule, IQueueRule
{
    /// <inheritdoc/>
    public override string Id => "traffic-peak";

    /// <inheritdoc/>
    public override string Clause => "P4.8";

    /// <inheritdoc/>
    public override Text Meaning => new("来电远多于该时段的平常水平", "Far more calls come than this hour of the week usually brings");

    /// <summary>Over which time.</summary>
    [Parameter("Arrivals over this long, up to now; whole minutes", Min = "1m", Max = "30m")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far above.</summary>
    [Parameter("So many standard deviations above the mean of that hour of the week", Min = "1", Max = "20")]
    public double Sigma { get; init; } = 3;

    /// <summary>How many at least.</summary>
    [Parameter("Fewer calls than this are no peak", Min = "1", Max = "100000")]
    public int AtLeast { get; init; } = 10;

    /// <summary>How much it must know.</summary>
    [Parameter("Silent until this many weeks of the hour were seen", Min = "1", Max = "8")]
    public int Weeks { get; init; } = 3;

    // What is summed minute by minute may be a hair below what it should be.
    private const double Rounding = 1e-6;

    private int Minutes => (int)Math.Ceiling(Window.TotalMinutes);

    /// <inheritdoc/>
    public Finding? Judge(Queue queue, FloorState floor, DateTimeOffset now)
    {
        var minute = Traffic.MinuteOf(now);
        if (!Holds(queue, floor, minute)) return null;
        var opensAt = SlidingMinutes.Since(minute, queue.Traffic.ArrivedAt, one => Holds(queue, floor, one));
        return Describe(queue, floor, minute, opensAt);
    }

    /// <summary>At the minute that left the window.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var unchanged = new Closing(now, null, open.Measured, open.Text);
        if (!floor.Queues.TryGetValue(open.Subject.Id, out var queue)) return unchanged;
        if (SlidingMinutes.EndOf(Traffic.MinuteOf(now), queue.Traffic.ArrivedAt, one => Holds(queue, floor, one)) is not { } end) return unchanged;
        var last = Describe(queue, floor, end - 1, open.OpenedAt);
        return new(Traffic.StartOf(end), null, last.Measured, last.Text);
    }

    private bool Holds(Queue queue, FloorState floor, long minute)
    {
        var arrivals = queue.Traffic.Sum(minute, Minutes).Offered;
        return arrivals >= AtLeast && Usual(queue, floor, minute) is { } usual && arrivals > usual.Limit + Rounding;
    }

    // The usual number of calls and the one above which it is a peak; null where an hour of it is not known well enough.
    private (double Mean, double Limit)? Usual(Queue queue, FloorState floor, long lastMinute)
    {
        if (!floor.Baselines.TryGetValue(queue.Name, out var baseline)) return null;
        var zone = SiteZone.Of(floor.Setup);
        var (mean, variance, known) = (0.0, 0.0, new HourArrivals(-1, 0, 0, 0));
        for (var minute = lastMinute - Minutes + 1; minute <= lastMinute; minute++)
        {
            var hour = ArrivalBaseline.HourOf(Traffic.StartOf(minute), zone);
            if (hour != known.Hour) known = baseline.Of(hour);
            if (known.Steps < Weeks * ArrivalBaseline.StepsAWeek) return null;
            mean += known.Mean / ArrivalBaseline.StepMinutes;
            variance += known.Variance / ArrivalBaseline.StepMinutes;
        }

        return (mean, mean + (Sigma * Math.Sqrt(variance)));
    }

    private Finding Describe(Queue queue, FloorState floor, long minute, DateTimeOffset opensAt)
    {
        var arrivals = queue.Traffic.Sum(minute, Minutes).Offered;
        var (mean, limit) = Usual(queue, floor, minute) ?? default;
        string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
        var text = Sentences.WithClause(
            $"队列 {queue.Label} 近 {Sentences.Zh(Window)}来电 {arrivals} 通,该时段通常 {Number(mean)} 通,超过 {Number(limit)} 通({Number(Sigma)}σ)即为高峰",
            $"{arrivals} calls came to {queue.Label} in the last {Sentences.En(Window)}; this hour usually brings {Number(mean)}, more than {Number(limit)} is a peak ({Number(Sigma)} sigma)",
            Clause);
        return new(new("queue", queue.Name), opensAt, opensAt, text, null, null, Evidence.Of(queue.Traffic.Arrivals.AsSpan()), [])
        {
            Threshold = Math.Round(limit, 2),
            Measured = arrivals,
            OneAtATime = true,
        };
    }
}
