using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Sip.Watch;

namespace FloorMonitor.Pbx.Sip;

/// <summary>What a feed watches at a PBX.</summary>
/// <param name="Name">The feed's name in floor.yaml.</param>
/// <param name="Domain">The domain of its phones.</param>
public sealed record SipFeedOptions(string Name, string Domain)
{
    /// <summary>The group that all watched phones make, in the place of a queue.</summary>
    public string Group { get; init; } = "phones";

    /// <summary>The PBX whose queues the agents are in, where this feed only stands beside it; null where it is alone.</summary>
    public string? Beside { get; init; }

    /// <summary>Only agents of these teams are watched; none named: all of agents.csv whose interface is at the domain.</summary>
    public ValueArray<string> Teams { get; init; }

    /// <summary>The event packages that are asked for.</summary>
    public ValueArray<PhonePackage> Packages { get; init; } = [PhonePackage.Dialog, PhonePackage.Presence];

    /// <summary>How long a subscription is asked for. What the PBX grants counts.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A phone that is gone for this long counts as its agent's sign-out.</summary>
    public TimeSpan SignOutAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the first answers for all phones may take; who has not been heard by then is said to be out of sight.</summary>
    public TimeSpan RoundWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the feed looks at the time.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    internal PhoneRole Role => new(Name, Beside is null ? Group : null, SignOutAfter);
}
