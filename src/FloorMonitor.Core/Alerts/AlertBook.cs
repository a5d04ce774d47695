using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>The state of alerting: what is going on, what was told, what is being gathered. Made only by <see cref="AlertDesk"/>.</summary>
public sealed record AlertBook
{
    /// <summary>Nothing is going on.</summary>
    public static AlertBook Empty { get; } = new();

    /// <summary>Alerts by key: the open ones, and those that were over so lately that the same again is not news.</summary>
    public ImmutableDictionary<string, Alert> Alerts { get; init; } = ImmutableDictionary<string, Alert>.Empty;

    /// <summary>The key of the alert that an open verdict belongs to, by the verdict's id.</summary>
    public ImmutableDictionary<string, string> Verdicts { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is gathered, by where it will go.</summary>
    public ImmutableDictionary<string, AlertDigest> Digests { get; init; } = ImmutableDictionary<string, AlertDigest>.Empty;

    /// <summary>The alert of an id; null where there is none (any more).</summary>
    public Alert? Find(string id) => Alerts.Values.FirstOrDefault(alert => alert.Id == id);
}

/// <summary>What is gathered for somebody.</summary>
/// <param name="Target">For whom.</param>
/// <param name="Since">When the first was put in.</param>
/// <param name="Lines">The newest of them.</param>
/// <param name="Count">How many there were.</param>
public sealed record AlertDigest(AlertTarget Target, DateTimeOffset Since, ValueArray<Text> Lines, int Count);

/// <summary>Something that alerting hears of.</summary>
public abstract record AlertInput(DateTimeOffset At);

/// <summary>Verdicts opened, changed or closed; each at most once, as it now is.</summary>
public sealed record VerdictsChanged(DateTimeOffset At, ImmutableArray<Verdict> Verdicts) : AlertInput(At);

/// <summary>The floor is looked at anew, after a start or when changes were too many to follow one by one.</summary>
public sealed record FloorFound(DateTimeOffset At) : AlertInput(At);

/// <summary>Time passed.</summary>
public sealed record AlertTicked(DateTimeOffset At) : AlertInput(At);

/// <summary>Somebody has seen to it.</summary>
public sealed record AlertAcknowledged(DateTimeOffset At, string Alert, string By) : AlertInput(At);

/// <summary>What alerting decided.</summary>
/// <param name="Book">The state after it.</param>
/// <param name="Messages">What leaves the house.</param>
/// <param name="Screens">What the screens show.</param>
/// <param name="Ended">Alerts that are over now.</param>
/// <param name="Unreached">Alerts of which nobody could be told whom the file names.</param>
public sealed record AlertOutcome(
    AlertBook Book,
    ImmutableArray<AlertMessage> Messages,
    ImmutableArray<ScreenAlert> Screens,
    ImmutableArray<Alert> Ended,
    ImmutableArray<Alert> Unreached);
