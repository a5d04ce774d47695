using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// P4.8, D5.10: the technology itself is down: the link to a switch, the store, or many phones at once. It is told upward at once. The
/// one rule that a floor out of sight still obeys, since that is what it is about; of phones it says no more than was last seen.
/// </summary>
public sealed record SystemFault : FloorRule, ISiteRule
{
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(60);

    /// <summary>The rule with its defaults.</summary>
    public SystemFault() => Severity = Severity.Critical;

    /// <inheritdoc/>
    public override string Id => "system-fault";

    /// <inheritdoc/>
    public override string Clause => "P4.8, D5.10";

    /// <inheritdoc/>
    public override Text Meaning => new("系统故障须立即上报", "A fault of the system is told upward at once");

    /// <summary>How long link and store may be away.</summary>
    [Parameter("The link to a PBX, or the store, is away for this long", Min = "1s", Max = "1h")]
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Which share of phones.</summary>
    [Parameter("More than this share of the signed-in phones is gone within 60 s", IsShare = true)]
    public double Phones { get; init; } = 0.20;

    /// <summary>How many phones at least.</summary>
    [Parameter("Fewer phones than this are the matter of their agents", Min = "1", Max = "10000")]
    public int AtLeast { get; init; } = 3;

    /// <inheritdoc/>
    public Finding? Judge(FloorState floor, DateTimeOffset now)
    {
        Finding? found = null;
        foreach (var (_, feed) in floor.Feeds)
            if (feed.DownSince is { } down) found = Both(found, Link(feed, down, floor, now), now);
        if (floor.Health.Store is { } store) found = Both(found, Store(store, floor, now), now);
        if (floor.Health.PhonesGone.Count >= AtLeast && PhonesGone(floor, now) is { } phones) found = Both(found, phones, now);
        return found;
    }

    // One verdict for all that is down at once; what is not over its time yet is left out of it.
    private static Finding? Both(Finding? one, Finding? other, DateTimeOffset now)
    {
        if (one is null || other is null) return one ?? other;
        if (one.OpensAt > now || other.OpensAt > now) return one.OpensAt <= other.OpensAt ? one : other;
        var (first, second) = one.OpensAt <= other.OpensAt ? (one, other) : (other, one);
        return first with
        {
            Text = new($"{first.Text.Zh};{second.Text.Zh}", $"{first.Text.En}; {second.Text.En}"),
            Evidence = Evidence.Of([.. first.Evidence, .. second.Evidence]),
        };
    }

    private Finding Link(Feed feed, DateTimeOffset down, FloorState floor, DateTimeOffset now)
    {
        var at = Sentences.Clock(down, floor);
        var why = feed.Reason.Length == 0 ? "" : $" ({feed.Reason})";
        var text = Sentences.WithClause(
            $"与 {feed.Name} 的连接自 {at} 起中断,已超过 {Sentences.Zh(For)}{why}", $"The link to {feed.Name} has been down since {at}, over {Sentences.En(For)}{why}", Clause);
        return Running.Since(new("floor", floor.Setup.Site), down, For, now, text, feed.LostEntry) with { OneAtATime = true };
    }

    private Finding Store(LostStore store, FloorState floor, DateTimeOffset now)
    {
        var at = Sentences.Clock(store.Since, floor);
        var text = Sentences.WithClause($"存储自 {at} 起无应答,已超过 {Sentences.Zh(For)}", $"The store has not answered since {at}, over {Sentences.En(For)}", Clause);
        return Running.Since(new("floor", floor.Setup.Site), store.Since, For, now, text, store.Entry) with { OneAtATime = true };
    }

    private Finding? PhonesGone(FloorState floor, DateTimeOffset now)
    {
        var oldest = now - FloorHealth.PhonesMatterFor;
        var phones = floor.Health.PhonesGone.AsSpan();
        while (!phones.IsEmpty && phones[0].At < oldest) phones = phones[1..];
        if (MostTogether(phones) < AtLeast) return null;

        // Only now is it worth the count of everybody: who is signed in, and the static members whom their phone signed out.
        var signedIn = 0;
        foreach (var (_, agent) in floor.Agents)
            if (agent.Session is { LeftAt: null }) signedIn++;
        foreach (var phone in phones)
            if (floor.Agents.TryGetValue(phone.Agent, out var agent) && agent.Session is { LeftAt: not null }) signedIn++;
        for (var (last, first) = (0, 0); last < phones.Length; last++)
        {
            while (phones[last].At - phones[first].At > Together) first++;
            var together = last - first + 1;
            if (together < AtLeast || together <= Phones * signedIn) continue;
            return Describe(phones[first..], phones[last].At, signedIn, floor);
        }

        return null;
    }

    private Finding Describe(ReadOnlySpan<GonePhone> phones, DateTimeOffset at, int signedIn, FloorState floor)
    {
        var entries = new List<long>();
        foreach (var phone in phones)
            if (entries.Count < FloorHealth.PhonesKeptAsEvidence) entries.Add(phone.Entry);
        var (share, most) = (Sentences.Percent((double)phones.Length / Math.Max(1, signedIn)), Sentences.Percent(Phones));
        var text = Sentences.WithClause(
            $"自 {Sentences.Clock(phones[0].At, floor)} 起 {phones.Length} 部话机离线,占签入的 {share}({signedIn} 部),60 秒内上限 {most}",
            $"{phones.Length} phones have gone since {Sentences.Clock(phones[0].At, floor)}, {share} of the {signedIn} signed in; more than {most} within 60 s is a fault",
            Clause);
        return new(new("floor", floor.Setup.Site), at, at, text, null, null, Evidence.Of([.. entries]), [])
        {
            Threshold = Phones,
            Measured = Math.Round((double)phones.Length / Math.Max(1, signedIn), 4),
            OneAtATime = true,
        };
    }

    private static int MostTogether(ReadOnlySpan<GonePhone> phones)
    {
        var most = 0;
        for (var (last, first) = (0, 0); last < phones.Length; last++)
        {
            while (phones[last].At - phones[first].At > Together) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
