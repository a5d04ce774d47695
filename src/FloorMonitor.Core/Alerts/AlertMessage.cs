using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>What is new about an alert.</summary>
public enum AlertNews
{
    /// <summary>It began.</summary>
    Opened,

    /// <summary>There is more of it, or it is graver.</summary>
    Grew,

    /// <summary>Nobody acknowledged it in time: the next ones are told.</summary>
    Escalated,

    /// <summary>Somebody acknowledged it.</summary>
    Acknowledged,

    /// <summary>None of its verdicts is open any more.</summary>
    Over,

    /// <summary>Several things of little weight, gathered.</summary>
    Digest,

    /// <summary>No alert at all: somebody's own words to an agent.</summary>
    Message,
}

/// <summary>A message that leaves the house: one alert, one recipient, in the recipient's language.</summary>
public sealed record AlertMessage
{
    /// <summary>The same for the same message, however often it is decided or sent.</summary>
    public required string Key { get; init; }

    /// <summary>The alert's id; the digest's own for a digest.</summary>
    public required string Alert { get; init; }

    /// <summary>Messages of one subject to one recipient arrive in their order.</summary>
    public required string Subject { get; init; }

    /// <summary>What is new.</summary>
    public required AlertNews News { get; init; }

    /// <summary>Where it goes.</summary>
    public required AlertTarget Target { get; init; }

    /// <summary>The rule's id; empty for a digest.</summary>
    public required string Rule { get; init; }

    /// <summary>How grave.</summary>
    public required Severity Severity { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>The lines below it; empty where the title says all.</summary>
    public string Body { get; init; } = "";

    /// <summary>The verdicts that it is about, newest last.</summary>
    public ValueArray<string> Verdicts { get; init; }

    /// <summary>Whether the recipient is asked to acknowledge.</summary>
    public bool CanAcknowledge => News is AlertNews.Opened or AlertNews.Grew or AlertNews.Escalated;
}

/// <summary>What screens show of an alert.</summary>
public sealed record ScreenAlert
{
    /// <summary>The alert as it now is.</summary>
    public required Alert Alert { get; init; }

    /// <summary>What is new.</summary>
    public required AlertNews News { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One line.</summary>
    public required Text Title { get; init; }

    /// <summary>The lines below it.</summary>
    public required Text Body { get; init; }

    /// <summary>The sound: <see cref="AlertSounds"/>.</summary>
    public required string Sound { get; init; }

    /// <summary>Which screens: <c>desk</c>, <c>wall</c>.</summary>
    public ValueArray<string> Screens { get; init; }

    /// <summary>Agents on whose page it appears.</summary>
    public ValueArray<string> Pages { get; init; }

    /// <summary>Persons whose browser shows a notification.</summary>
    public ValueArray<string> Browsers { get; init; }
}

/// <summary>Names of sounds; what they sound like is the screens' matter.</summary>
public static class AlertSounds
{
    /// <summary>Silence.</summary>
    public const string None = "none";

    /// <summary>Somebody should act.</summary>
    public const string Chime = "chime";

    /// <summary>Somebody must act now.</summary>
    public const string Alarm = "alarm";

    /// <summary>All of them.</summary>
    public static ValueArray<string> All { get; } = [None, Chime, Alarm];

    /// <summary>The usual sound.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => Alarm,
        Severity.Warning => Chime,
        _ => None,
    };
}
