using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>Whom an event can have changed, so that the commonest events do not make the book look through everybody.</summary>
internal static class ChangedAgents
{
    /// <summary>The one agent whom it can have changed; null where it may be another or several.</summary>
    public static string? OnlyOne(FloorEvent cause) => cause switch
    {
        MemberJoined joined => joined.Member.Agent,
        MemberLeft left => left.Agent,
        MemberPaused paused => paused.Agent,
        MemberResumed resumed => resumed.Agent,
        MemberStatusChanged changed => changed.Agent,
        CallHeld held => held.Agent,
        CallUnheld unheld => unheld.Agent,
        IAboutAgent about => about.Agent,
        _ => null,
    };
}
