namespace FloorMonitor.Core.Floor;

/// <summary>When an agent's facts changed, by the monitor and, where it says so, by the PBX.</summary>
/// <param name="At">By the monitor.</param>
/// <param name="SignedInAt">The PBX's own instant of the sign-in; null where it does not say.</param>
/// <param name="PausedAt">The PBX's own instant of the pause; null where it does not say.</param>
/// <param name="Unseen">Whether a gap hid it: found by a resync, seen by nobody.</param>
internal readonly record struct Moment(
    DateTimeOffset At, DateTimeOffset? SignedInAt = null, DateTimeOffset? PausedAt = null, bool Unseen = false)
{
    /// <summary>Whether the sign-in's instant is nobody's word: the PBX names none, or only its own start.</summary>
    public bool SignInUnseen { get; init; }

    /// <summary>Whether time alone brought it about: no journal entry shows it.</summary>
    public bool ByTime { get; init; }
}
