using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>What people are told together: verdicts of one rule that belong together, from the first that opens until none is open.</summary>
public sealed record Alert
{
    /// <summary>Stable and the same in every replay: the key and the instant of its first verdict.</summary>
    public required string Id { get; init; }

    /// <summary>What belongs together: the rule, and the team, queue or subject. Messages of one key keep their order.</summary>
    public required string Key { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>The gravest of its verdicts so far.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The team that it is about; null for none or several.</summary>
    public string? Team { get; init; }

    /// <summary>The queue that it is about; null for none or several.</summary>
    public string? Queue { get; init; }

    /// <summary>The shifts in which it began: the agent's own by the roster, else those that run by the clock.</summary>
    public ValueArray<string> Shifts { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When none of its verdicts was open any more; null before.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Its verdicts, oldest first; of those that are over only the newest are kept.</summary>
    public ValueArray<AlertMember> Members { get; init; }

    /// <summary>How many verdicts it ever had.</summary>
    public int Count { get; init; }

    /// <summary>Whether anybody has been told since it opened (again).</summary>
    public bool Announced { get; init; }

    /// <summary>Whether it has become graver than what was told.</summary>
    public bool IsGraver { get; init; }

    /// <summary>
    /// Whether somebody joined of whom nobody was told, after it was acknowledged or over: that is told when <see cref="AlertSettings.Window"/>
    /// is over, nobody has acknowledged it, and its ladder begins anew with it.
    /// </summary>
    public bool IsAnothers { get; init; }

    /// <summary>How often it was sent; part of the messages' keys.</summary>
    public int Sent { get; init; }

    /// <summary>When it was sent last.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>How many steps of its ladder were taken.</summary>
    public int Step { get; init; }

    /// <summary>From when the next step's time runs.</summary>
    public DateTimeOffset StepAt { get; init; }

    /// <summary>Who acknowledged it; null while nobody did.</summary>
    public AlertAcknowledgement? Acknowledged { get; init; }

    /// <summary>Who was told and will hear when it is over.</summary>
    public ValueArray<AlertTarget> Told { get; init; }

    /// <summary>Whom quiet hours spare for now.</summary>
    public ValueArray<AlertTarget> Held { get; init; }

    /// <summary>How many of its verdicts are open.</summary>
    public int OpenCount
    {
        get
        {
            var open = 0;
            foreach (var member in Members.AsSpan())
                if (member.ClosedAt is null) open++;
            return open;
        }
    }

    /// <summary>Whether there is something that nobody was told of yet.</summary>
    internal bool HasNews
    {
        get
        {
            foreach (var member in Members.AsSpan())
                if (!member.Told && (member.ClosedAt is null || member.CameAndWent)) return true;
            return false;
        }
    }
}

/// <summary>One verdict of an alert.</summary>
/// <param name="Verdict">The verdict's id.</param>
/// <param name="Subject">Whom or what it is about.</param>
/// <param name="Concerns">The agent whose situation it is, where it is about the floor; null otherwise.</param>
/// <param name="Name">What the subject is called.</param>
/// <param name="Severity">How grave.</param>
/// <param name="Text">Its sentence.</param>
/// <param name="OpenedAt">When it opened.</param>
/// <param name="ClosedAt">When it closed; null while open.</param>
public sealed record AlertMember(
    string Verdict, Subject Subject, string? Concerns, Text Name, Severity Severity, Text Text, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt)
{
    /// <summary>Whether it was part of something that was sent.</summary>
    public bool Told { get; init; }

    /// <summary>Who said of the verdict itself that they know (acknowledged, excused, decided a dispute); null for nobody.</summary>
    public string? SeenToBy { get; init; }

    /// <summary>Whether it was put into the digests that it belongs to.</summary>
    public bool Gathered { get; init; }

    /// <summary>Whether it was over when it was first heard of; it is told all the same.</summary>
    public bool CameAndWent { get; init; }

    /// <summary>What the rule itself says of whom it is now, in the words of <see cref="AlertRoute.To"/>; null for nobody beyond the route's.</summary>
    public string? GoesTo { get; init; }

    /// <summary>Whether those were told.</summary>
    public bool WentUp { get; init; }

    /// <summary>The agent whom it is about; null where it is about none.</summary>
    public string? Agent => Concerns ?? (Subject.Kind == "agent" ? Subject.Id : null);
}

/// <summary>Who acknowledged an alert, and when.</summary>
public sealed record AlertAcknowledgement(string By, DateTimeOffset At);

/// <summary>Where a message goes.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="To">The address on it; empty for a group channel.</param>
/// <param name="Language"><c>zh</c> or <c>en</c>.</param>
/// <param name="Person">Whose address it is; null for a group.</param>
public sealed record AlertTarget(string Channel, string To, string Language, string? Person);
