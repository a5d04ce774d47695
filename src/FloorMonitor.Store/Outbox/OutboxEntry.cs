using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Store.Outbox;

/// <summary>A message that waits to be delivered.</summary>
/// <param name="Message">The message.</param>
/// <param name="Number">Grows with every message: the order in which they were decided.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueAt">Not to be tried before.</param>
/// <param name="Error">What went wrong last; null before the first try.</param>
public sealed record OutboxEntry(AlertMessage Message, long Number, int Attempts, DateTimeOffset DueAt, string? Error)
{
    /// <summary>The hash of the token in its acknowledgement link; null for a message without one.</summary>
    public string? LinkHash { get; init; }
}

/// <summary>What became of a message.</summary>
/// <param name="Key">The message's key.</param>
/// <param name="Alert">The alert that it was about.</param>
/// <param name="News">What it said.</param>
/// <param name="Target">Where it was to go.</param>
/// <param name="Severity">How grave.</param>
/// <param name="Title">Its line.</param>
/// <param name="At">When it was settled.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Delivered">Whether it arrived; otherwise it is a dead letter.</param>
/// <param name="Error">Why it did not arrive; null where it did.</param>
public sealed record OutboxLetter(
    string Key, string Alert, AlertNews News, AlertTarget Target, Severity Severity, string Title, DateTimeOffset At, int Attempts, bool Delivered, string? Error)
{
    /// <summary>What the receiver said when it took it; null where it says nothing, and where it did not.</summary>
    public string? Said { get; init; }

    /// <summary>The whole message of a dead letter, so that it can be sent again; null for a delivered one, and for one of an older version.</summary>
    public AlertMessage? Message { get; init; }

    /// <summary>The number of that message: sent again, it takes its place in the order of its subject.</summary>
    public long Number { get; init; }

    /// <summary>The hash of the token in its link; null for none.</summary>
    public string? LinkHash { get; init; }

    /// <summary>Whether the receiver only passes it on and does not know whether it arrived (a PBX that answers 202).</summary>
    public bool HandedOn { get; init; }
}

/// <summary>A link by which one recipient can acknowledge one alert once. Only the token's hash is kept.</summary>
/// <param name="Hash">SHA-256 of the token, base64url.</param>
/// <param name="Alert">The alert.</param>
/// <param name="By">Whom the message was for: a person, or a group channel.</param>
/// <param name="Language">In which language the page speaks.</param>
/// <param name="ExpiresAt">Until when it may be used.</param>
/// <param name="UsedAt">When it was used; null before.</param>
public sealed record AcknowledgementLink(string Hash, string Alert, string By, string Language, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt);

/// <summary>How much the outbox keeps; what is beyond goes, the oldest first.</summary>
public sealed record OutboxLimits
{
    /// <summary>Messages that wait; what is decided beyond it is a dead letter at once. 50,000.</summary>
    public int Waiting { get; init; } = 50_000;

    /// <summary>Dead letters. 1,000.</summary>
    public int Dead { get; init; } = 1_000;

    /// <summary>Delivered messages and alerts that are over, for those who ask. 500.</summary>
    public int History { get; init; } = 500;

    /// <summary>Keys of settled messages, so that the same message decided again is not sent again. 20,000.</summary>
    public int Keys { get; init; } = 20_000;

    /// <summary>The file is written anew when it is larger than this and mostly past. 4 MB.</summary>
    public long CompactAt { get; init; } = 4 << 20;
}
