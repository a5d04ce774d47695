using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D3.8: at every moment of the opening hours one named person holds the duty. Nobody, or a holder whose page has been gone for long, is a
/// floor without a duty supervisor (RULEBOOK example 8). Its verdict is the record of the uncovered time.
/// </summary>
public sealed record DutySupervisor : FloorRule, ISiteRule
{
    /// <summary>The rule with its defaults.</summary>
    public DutySupervisor() => Severity = Severity.Critical;

    /// <inheritdoc/>
    public override string Id => "duty-supervisor";

    /// <inheritdoc/>
    public override string Clause => "D3.8";

    /// <inheritdoc/>
    public override Text Meaning => new("开放时段内须始终有值班主管", "Somebody holds the duty at every moment of the opening hours");

    /// <summary>How long nobody may hold it.</summary>
    [Parameter("Nobody has held the duty for this long", Min = "0s", Max = "4h")]
    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the holder's page may be gone.</summary>
    [Parameter("A holder whose page has been gone for this long counts as not there", Min = "1m", Max = "24h")]
    public TimeSpan Unseen { get; init; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public Finding? Judge(FloorState floor, DateTimeOffset now)
    {
        if (Cover.Missing(floor, now, For, Unseen) is not { } missing || missing.OpensAt >= missing.ClosesAt) return null;
        var since = Sentences.Clock(missing.Since, floor);
        var text = missing.Holder is { } holder
            ? Sentences.WithClause($"自 {since} 起无值班主管在岗:{holder} 的页面已离线", $"No duty supervisor since {since}: the page of {holder} is gone", Clause)
            : Sentences.WithClause($"自 {since} 起无人值班", $"Nobody has held the duty since {since}", Clause);
        var allowed = missing.OpensAt - missing.Since;
        var entry = floor.Duty?.Entry ?? floor.DutyWatch.VacantEntry;
        return new(new("floor", floor.Setup.Site), missing.OpensAt, missing.Since, text, allowed, Sentences.Running(allowed, now - missing.OpensAt), Evidence.Of(entry), [])
        {
            OneAtATime = true,
        };
    }

    /// <summary>When somebody holds it again, or the floor closes; the sentence says from when until when nobody did.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var at = OpeningHours.At(floor.Setup, open.OpenedAt) is var (_, closes) && closes < now ? closes : now;
        var since = open.OpenedAt - open.ThresholdTime.GetValueOrDefault();
        var end = Sentences.Clock(at, floor);
        return new(at, at - since, null, new(
            $"{open.Text.Zh};至 {end},共 {Sentences.Zh(at - since)}",
            $"{open.Text.En}; until {end}, {Sentences.En(at - since)} in all"));
    }
}
