namespace FloorMonitor.Core.Floor;

/// <summary>
/// What each hour of the week usually brings to a queue, learnt from the calls that came: means and variances of five minutes. It lies
/// in the state, so that a restart and a replay know what the day knew, and apart from the queue, so that it outlives the queue's absence.
/// </summary>
public sealed record ArrivalBaseline
{
    /// <summary>In which steps it learns.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(StepMinutes);

    /// <summary>The same in minutes.</summary>
    public const int StepMinutes = 5;

    /// <summary>How many steps an hour has: one week teaches an hour so often.</summary>
    public const int StepsAWeek = 60 / StepMinutes;

    /// <summary>After so many steps the oldest begin to fade: eight weeks, so that it follows the seasons and forgets last year.</summary>
    public const int MostSteps = 8 * StepsAWeek;

    /// <summary>A queue that was not seen for so long is not coming back.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(120);

    /// <summary>The queue's name.</summary>
    public required string Queue { get; init; }

    /// <summary>The end of the newest step that was learnt or passed over.</summary>
    public DateTimeOffset LearntUntil { get; init; }

    /// <summary>The hours of which something is known, in their order.</summary>
    public ValueArray<HourArrivals> Hours { get; init; }

    /// <summary>Which hour of the week an instant lies in, by the site's own clock: 0 is the first of Sunday, 167 the last of Saturday.</summary>
    public static int HourOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return ((int)local.DayOfWeek * 24) + local.Hour;
    }

    /// <summary>What is known of an hour; nothing seen where nothing is.</summary>
    public HourArrivals Of(int hour)
    {
        var hours = Hours.AsSpan();
        var (low, high) = (0, hours.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (hours[middle].Hour == hour) return hours[middle];
            if (hours[middle].Hour < hour) low = middle + 1;
            else high = middle - 1;
        }

        return new(hour, 0, 0, 0);
    }

    /// <summary>The baseline that knows of one step more.</summary>
    public ArrivalBaseline Learn(int hour, int arrivals)
    {
        var next = Of(hour).With(arrivals);
        var hours = Hours.AsSpan();
        var place = 0;
        while (place < hours.Length && hours[place].Hour < hour) place++;
        return this with
        {
            Hours = place < hours.Length && hours[place].Hour == hour
                ? Hours.SetItem(place, next)
                : ValueArray.Create<HourArrivals>([.. hours[..place], next, .. hours[place..]]),
        };
    }
}

/// <summary>
/// What five minutes of an hour of the week usually bring. In whole thousandths, so that files stay short and every machine computes the same.
/// </summary>
/// <param name="Hour">The hour of the week.</param>
/// <param name="Steps">How often five minutes of it were seen whole, at most <see cref="ArrivalBaseline.MostSteps"/>.</param>
/// <param name="MeanThousandths">The mean of the calls that came in them.</param>
/// <param name="VarianceThousandths">Their variance.</param>
public readonly record struct HourArrivals(int Hour, int Steps, int MeanThousandths, int VarianceThousandths)
{
    private const int MostArrivals = 1_000;

    /// <summary>How many calls five minutes of it bring.</summary>
    public double Mean => MeanThousandths / 1000.0;

    /// <summary>
    /// Their variance, never below the mean: calls that come independently have the mean for their variance (Poisson; Koole, Call
    /// Center Optimization), and a few weeks that happened to be even prove nothing less.
    /// </summary>
    public double Variance => Math.Max(MeanThousandths, VarianceThousandths) / 1000.0;

    /// <summary>With one step more: the running mean and variance (Welford 1962), with a floor under the weight of the newest.</summary>
    public HourArrivals With(int arrivals)
    {
        var steps = Math.Min(Steps + 1, ArrivalBaseline.MostSteps);
        double seen = Math.Clamp(arrivals, 0, MostArrivals);
        var (mean, variance) = (MeanThousandths / 1000.0, VarianceThousandths / 1000.0);
        var next = mean + ((seen - mean) / steps);
        variance += (((seen - mean) * (seen - next)) - variance) / steps;
        return new(Hour, steps, (int)Math.Round(next * 1000), (int)Math.Round(variance * 1000));
    }
}
