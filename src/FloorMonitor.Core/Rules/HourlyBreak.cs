using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D2.4: in every hour of the shift the agent gets a short break. A verdict about the floor, not about the agent (principle 3): it
/// opens when an hour ended without one, goes on over the hours that follow, and ends when a break is had.
/// </summary>
public sealed record HourlyBreak : FloorRule, IAgentRule
{
    // A gap shorter than this hides no break.
    private static readonly TimeSpan TooShortToHide = TimeSpan.FromMinutes(1);

    // How far back it looks: nobody works longer.
    private const int MostHours = 24;

    /// <inheritdoc/>
    public override string Id => "hourly-break";

    /// <inheritdoc/>
    public override string Clause => "D2.4";

    /// <inheritdoc/>
    public override Text Meaning => new("班次内每小时须安排一次小休", "In every hour of the shift a short break is given");

    /// <summary>How long it is.</summary>
    [Parameter("So much short break in every hour of the shift", Min = "1s", Max = "1h")]
    public TimeSpan Entitlement { get; init; } = BreakHour.UsualEntitlement;

    /// <summary>From how much work on an hour is judged.</summary>
    [Parameter("An hour is judged when at least this much of it was worked: signed in and on no other kind of break", Min = "1m", Max = "1h")]
    public TimeSpan Worked { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>Whether breaks are arranged unasked.</summary>
    [Parameter("Whether the monitor gives a slot to everybody who did not ask, spread over the hour under the cap of concurrent-breaks")]
    public bool Arrange { get; init; }

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Session is not { LeftAt: null } session) return null;
        // Who just came, and who had a break within an hour, is owed nothing wherever the hours begin: no look into the roster for them.
        if (now - session.SignedInAt < Worked || HasJustBegun(agent, now)) return null;
        var current = BreakHour.SinceOf(agent, floor.Setup, now);
        // The break of this hour ends it, and so does doing without it.
        if (IsSettled(agent, current)) return null;
        var (missed, first) = (0, current);
        for (var i = 1; i <= MostHours; i++)
        {
            var hour = current - (i * BreakHour.Length);
            if (hour + BreakHour.Length <= session.SignedInAt || IsSettled(agent, hour)) break;
            // What a gap hid, and what was hardly worked, says nothing either way.
            if (!IsOwed(agent, session, hour, floor)) continue;
            missed++;
            first = hour;
        }

        return missed == 0 ? null : Find(agent, session, first, missed, first == current - BreakHour.Length, floor, now);
    }

    /// <summary>At this moment; what was missed stays missed.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now) => new(now, open.MeasuredTime, null, open.Text);

    private Finding? Find(Agent agent, Session session, DateTimeOffset first, int missed, bool isLast, FloorState floor, DateTimeOffset now)
    {
        var due = first + BreakHour.Length;
        EndedCall? call = null;
        if (isLast)
        {
            // A deadline inside a call moves to the end of it (principle 2), which nobody knows yet.
            if (LiveCall.IsTalkingSince(agent, due)) return null;
            call = agent.HourCall is { } one && one.Since < due && one.Until >= due ? one : null;
            // A slot at the hour's end may be used after it; who still waits for room was given none in it.
            var isOnItsWay = agent.Ticket is { Kind: BreakHour.Kind, StartsAt: not null } ticket && ticket.Hour == first;
            if (call is not null || isOnItsWay)
            {
                due = BreakHour.DueBy(due, call);
                // Taken by then counts, also at that very instant.
                if (now == due) return null;
            }
        }

        var text = Say(agent, first, missed, due, call, floor);
        return new(
            new("floor", floor.Setup.Site), due, first, text, Entitlement, TimeSpan.Zero, Evidence.Of(session.Entry, call?.Entry ?? 0), [])
        {
            Concerns = agent.Id,
            OneAtATime = true,
        };
    }

    private Text Say(Agent agent, DateTimeOffset first, int missed, DateTimeOffset due, EndedCall? call, FloorState floor)
    {
        var (from, to) = (Sentences.Clock(first, floor), Sentences.Clock(first + BreakHour.Length, floor));
        var (zh, en) = missed == 1
            ? ($"{agent.Name} 在 {from} 至 {to} 这一小时内未获小休", $"{agent.Name} was given no short break in the hour from {from} to {to}")
            : ($"{agent.Name} 自 {from} 起连续 {missed} 小时未获小休", $"{agent.Name} has been given no short break for {missed} hours since {from}");
        if (call is not null)
        {
            var (name, by) = (CallNames.Of(call, floor), Sentences.Clock(due, floor));
            (zh, en) = ($"{zh},因{name.Zh} 顺延至 {by}", $"{en}, due by {by} behind {name.En}");
        }

        return Sentences.WithClause(zh, en, Clause);
    }

    // A break that began within an hour is the break of the hour that runs or of the one before, unless it is that of an earlier one.
    private static bool HasJustBegun(Agent agent, DateTimeOffset now)
    {
        if (agent.Break is { Kind: BreakHour.Kind, TakenOff: false } running && IsJust(running.Since, running.Hour)) return true;
        foreach (var ended in agent.EndedBreaks)
            if (ended is { Kind: BreakHour.Kind, TakenOff: false } && IsJust(ended.Since, ended.Hour)) return true;
        return false;

        bool IsJust(DateTimeOffset begun, DateTimeOffset? hour) => begun > now - BreakHour.Length && !(begun >= hour + BreakHour.Length);
    }

    private static bool IsSettled(Agent agent, DateTimeOffset hour) =>
        BreakHour.HasBegun(agent, hour) || agent.DeclinedHours.AsSpan().Contains(hour);

    private bool IsOwed(Agent agent, Session session, DateTimeOffset hour, FloorState floor)
    {
        var until = hour + BreakHour.Length;
        foreach (var gap in agent.Unseen)
            if (Overlap(gap.Since, gap.Until, hour, until) >= TooShortToHide) return false;
        // The hours of the shift: not the part of one at its end, nor what is worked beyond it.
        if (Roster.Of(floor, agent.Id, hour) is { } shift && (!shift.IsWorked || hour < shift.StartsAt || until > shift.EndsAt)) return false;
        var worked = Overlap(session.SignedInAt, until, hour, until);
        foreach (var ended in agent.EndedBreaks)
            if (ended.Kind != BreakHour.Kind) worked -= Overlap(ended.Since, ended.Until, hour, until);
        if (agent.Break is { } running && running.Kind != BreakHour.Kind) worked -= Overlap(running.Since, until, hour, until);
        return worked >= Worked;
    }

    private static TimeSpan Overlap(DateTimeOffset since, DateTimeOffset until, DateTimeOffset from, DateTimeOffset to)
    {
        var begin = since > from ? since : from;
        var end = until < to ? until : to;
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
