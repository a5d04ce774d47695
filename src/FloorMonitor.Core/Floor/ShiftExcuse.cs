using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>A shift that somebody excused (A1): kept while verdicts of it may still open.</summary>
/// <param name="At">When.</param>
/// <param name="Date">The business date on which the shift began.</param>
/// <param name="Shift">The shift's name.</param>
/// <param name="Rule">Of this rule only; null for every rule about agents.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record ShiftExcuse(DateTimeOffset At, DateOnly Date, string Shift, string? Rule, string By, string Reason)
{
    /// <summary>Whether it is about this verdict: one about an agent, of the shift that the agent had when it opened.</summary>
    public bool Covers(Verdict verdict, FloorSetup setup) =>
        (Rule is null || Rule == verdict.Rule)
        && Dispositions.AgentOf(verdict) is { } agent
        && Roster.Of(setup, agent, verdict.OpenedAt) is { } shift && shift.Date == Date && shift.Name == Shift;
}

/// <summary>Excuses of whole shifts: taken up once, and let go when nothing of those shifts can open any more.</summary>
internal static class ExcuseFold
{
    /// <summary>Bound of <see cref="FloorState.Excuses"/>; the oldest go first.</summary>
    private const int MaxExcuses = 64;

    /// <summary>A night shift's verdicts open on the day after, and a day's grace stands for a clock change.</summary>
    private const int DaysKept = 2;

    public static void Excused(ref FloorDraft draft, ShiftExcused e)
    {
        foreach (var known in draft.Excuses)
            if (known.Date == e.Date && known.Shift == e.Shift && known.Rule == e.Rule) return;
        var kept = draft.Excuses.Count < MaxExcuses ? draft.Excuses : draft.Excuses.RemoveAt(0);
        draft.Excuses = kept.Add(new(e.At, e.Date, e.Shift, e.Rule, e.By, e.Reason));
    }

    public static void BeginDay(ref FloorDraft draft)
    {
        if (draft.Excuses.IsEmpty) return;
        var today = draft.BusinessDay;
        var kept = ValueArray.From(draft.Excuses.Where(excuse => excuse.Date.DayNumber + DaysKept >= today.DayNumber));
        if (kept.Count < draft.Excuses.Count) draft.Excuses = kept;
    }
}
