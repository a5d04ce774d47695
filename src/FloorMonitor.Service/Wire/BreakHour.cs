using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Wire;

/// <summary>
/// The short break of the hour (D2.4): how much of it is due, and how much of it was taken in breaks that are over. Hours
/// are counted from the sign-in, not from the wall clock; a break that still runs is counted by the screen itself.
/// </summary>
internal static class BreakHour
{
    private const string Kind = "short";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    /// <summary>The hour that holds an instant, and the instant from which another holds.</summary>
    public static (WireHour Hour, DateTimeOffset Until) At(Agent agent, FloorSetup setup, DateTimeOffset now)
    {
        var entitled = setup.Breaks.FirstOrDefault(kind => kind.Kind == Kind)?.Limit ?? Usual;
        if (agent.Session is not { LeftAt: null } session) return (new(WireMapping.Ms(entitled)!.Value, 0), DateTimeOffset.MaxValue);
        var since = now > session.SignedInAt ? now - session.SignedInAt : TimeSpan.Zero;
        var from = session.SignedInAt + Math.Floor(since / Hour) * Hour;
        var taken = TimeSpan.Zero;
        foreach (var ended in agent.EndedBreaks)
        {
            if (ended.Kind != Kind || ended.Until <= from) continue;
            taken += ended.Until - (ended.Since > from ? ended.Since : from);
        }

        return (new((long)entitled.TotalMilliseconds, (long)taken.TotalMilliseconds), from + Hour);
    }
}
