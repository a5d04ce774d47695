namespace FloorMonitor.Core.Floor;

/// <summary>How the floor's technology does: what the rules about faults are judged by.</summary>
public sealed record FloorHealth
{
    /// <summary>The floor of which nothing bad is known.</summary>
    public static FloorHealth Good { get; } = new();

    /// <summary>Since when the store does not answer; null while it does.</summary>
    public LostStore? Store { get; init; }

    /// <summary>
    /// Phones of signed-in agents that cannot be reached now, in the order they went, at most <see cref="MaxPhonesKept"/>. Those of
    /// static members are here though the floor counts them signed out: only their phone went.
    /// </summary>
    public ValueArray<GonePhone> PhonesGone { get; init; }

    /// <summary>How calls ended in the last half hour.</summary>
    public CallEndings Endings { get; init; } = new();

    /// <summary>Bound of <see cref="PhonesGone"/>; the oldest go first.</summary>
    public const int MaxPhonesKept = 1_024;

    /// <summary>How many of them a verdict names as its evidence.</summary>
    public const int PhonesKeptAsEvidence = 40;

    /// <summary>How long a phone that is gone is news; after that it is the matter of its own agent.</summary>
    public static readonly TimeSpan PhonesMatterFor = TimeSpan.FromMinutes(30);
}

/// <summary>A store that does not answer.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Note">What it said last.</param>
/// <param name="Entry">The journal entry that says so.</param>
public sealed record LostStore(DateTimeOffset Since, string Note, long Entry);

/// <summary>A phone that cannot be reached any more.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="At">Since when.</param>
/// <param name="Entry">The journal entry that says so.</param>
public readonly record struct GonePhone(string Agent, DateTimeOffset At, long Entry);

/// <summary>Calls that ended, minute by minute over the last half hour, those that a person ended in good time and those that were not.</summary>
public sealed record CallEndings
{
    /// <summary>How many minutes are kept, the running one included.</summary>
    public const int MinutesKept = 30;

    /// <summary>A talk up to this long is told apart by its seconds: a rule asks for "within 5 s of answer".</summary>
    public const int QuickSeconds = 10;

    /// <summary>How many bad endings are remembered one by one; the counts are exact beyond that.</summary>
    public const int BadKept = 64;

    /// <summary>The newest minute.</summary>
    public EndingMinute Running { get; init; }

    /// <summary>Minutes before it, oldest first.</summary>
    public ValueArray<EndingMinute> Past { get; init; }

    /// <summary>The newest endings that a rule may find bad, oldest first.</summary>
    public ValueArray<BadEnding> Bad { get; init; }

    /// <summary>When something was counted last.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>How many calls ended in some minutes up to and with the last one, and how many of them broke off. Allocates nothing.</summary>
    /// <param name="lastMinute">The last of the minutes.</param>
    /// <param name="minutes">How many.</param>
    /// <param name="within">A talk up to this many seconds long broke off, too.</param>
    public (int Ended, int Broken) Sum(long lastMinute, int minutes, int within)
    {
        var first = lastMinute - minutes + 1;
        var (ended, broken) = (0, 0);
        if (Running.Minute >= first && Running.Minute <= lastMinute) Add(Running, within, ref ended, ref broken);
        foreach (var minute in Past)
            if (minute.Minute >= first && minute.Minute <= lastMinute) Add(minute, within, ref ended, ref broken);
        return (ended, broken);
    }

    private static void Add(in EndingMinute minute, int within, ref int ended, ref int broken)
    {
        ended += minute.Ended;
        broken += minute.Network;
        var quick = minute.Quick.AsSpan();
        for (var second = 0; second < quick.Length && second <= within; second++) broken += quick[second];
    }
}

/// <summary>Calls that ended in one minute.</summary>
/// <param name="Minute">Which one, counted from the Unix epoch.</param>
/// <param name="Ended">How many ended in all.</param>
/// <param name="Network">How many of them the network ended.</param>
/// <param name="Quick">How many others ended after a talk of up to 0, 1, 2 … seconds, each in one place; empty for none.</param>
public readonly record struct EndingMinute(long Minute, int Ended, int Network, ValueArray<int> Quick);

/// <summary>A call that may have ended badly.</summary>
/// <param name="Call">Its id.</param>
/// <param name="At">When it ended.</param>
/// <param name="Second">After how many seconds of talk, rounded up; <see cref="ByNetwork"/> where the network ended it.</param>
/// <param name="Entry">The journal entry that says so.</param>
public readonly record struct BadEnding(string Call, DateTimeOffset At, int Second, long Entry)
{
    /// <summary>The network ended it, however long they had talked.</summary>
    public const int ByNetwork = -1;
}
