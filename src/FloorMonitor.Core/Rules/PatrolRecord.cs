using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>P4.7: the duty supervisor's rounds, a record at least every two hours. Silent while nobody holds the duty: that is another rule's.</summary>
public sealed record PatrolRecord : FloorRule, ISiteRule
{
    /// <summary>The rule with its defaults.</summary>
    public PatrolRecord() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "patrol-record";

    /// <inheritdoc/>
    public override string Clause => "P4.7";

    /// <inheritdoc/>
    public override Text Meaning => new("值班主管须按时巡场并记录", "The duty supervisor's rounds are recorded in time");

    /// <summary>How often.</summary>
    [Parameter("A round is recorded at least this often", Min = "1m", Max = "24h")]
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(2);

    /// <summary>By when the next round is to be recorded; null while nobody holds the duty or the floor is closed.</summary>
    public DateTimeOffset? NextBy(FloorState floor, DateTimeOffset now) => SinceOf(floor, now) + Every;

    /// <inheritdoc/>
    public Finding? Judge(FloorState floor, DateTimeOffset now)
    {
        if (SinceOf(floor, now) is not { } since || since + Every > now) return null;
        var last = floor.DutyWatch.LastRound;
        var at = Sentences.Clock(since, floor);
        var text = last is not null && last.At == since
            ? Sentences.WithClause($"{at} 之后没有巡场记录,已超过 {Sentences.Zh(Every)}", $"No round has been recorded since {at}, over {Sentences.En(Every)}", Clause)
            : Sentences.WithClause($"自 {at} 值班起没有巡场记录,已超过 {Sentences.Zh(Every)}", $"No round has been recorded since the duty began at {at}, over {Sentences.En(Every)}", Clause);
        return Running.Since(new("duty", floor.Setup.Site), since, Every, now, text, last?.Entry ?? 0, floor.Duty?.Entry ?? 0);
    }

    // From the last round on, or since somebody holds the duty or the floor is open, whichever came last.
    private static DateTimeOffset? SinceOf(FloorState floor, DateTimeOffset now)
    {
        if (floor.Duty is not { } duty || OpeningHours.At(floor.Setup, now) is not var (openSince, _)) return null;
        var since = floor.DutyWatch.CoveredSince ?? duty.Since;
        if (openSince > since) since = openSince;
        return floor.DutyWatch.LastRound is { } last && last.At > since ? last.At : since;
    }
}
