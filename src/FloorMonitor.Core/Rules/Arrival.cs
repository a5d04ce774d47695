using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>The first sign-in of an agent to a shift, as far as anybody knows.</summary>
/// <param name="At">When, by the switch's word where it has one.</param>
/// <param name="Entry">Journal entry of it.</param>
/// <param name="IsUnseen">Whether nobody can say since when: never a reason for blame (principle 1).</param>
/// <param name="Grant">The exception under which they came after the shift began; null for none.</param>
internal readonly record struct Arrival(DateTimeOffset At, long Entry, bool IsUnseen, Grant? Grant)
{
    /// <summary>The arrival to a shift; null where they did not come. Allocates nothing.</summary>
    public static Arrival? Of(Agent agent, WorkShift shift)
    {
        if (agent.Attendance is { FirstInAt: { } first } known && known.IsOf(shift)) return new(first, known.FirstInEntry, known.FirstInUnseen, known.FirstInGrant);
        if (agent.Session is not { } session || session.SignedInAt >= shift.EndsAt) return null;
        // Who left before the shift began was not there for it.
        if (session.LeftAt <= shift.StartsAt) return null;
        return new(session.SignedInAt, session.Entry, session.SignInUnseen, session.SignInGrant);
    }
}
