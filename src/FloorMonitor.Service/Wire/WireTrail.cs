using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;

namespace FloorMonitor.Service.Wire;

/// <summary>A page of an audit trail.</summary>
/// <param name="Agent">Whose; null for the house's own.</param>
/// <param name="Date">Of which business day.</param>
/// <param name="Entries">Oldest first.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; null where this is the last.</param>
internal sealed record WireTrail(string? Agent, DateOnly Date, IReadOnlyList<WireTrailEntry> Entries, long? Next);

/// <summary>One line of it.</summary>
/// <param name="Entry">Its journal entry.</param>
/// <param name="At">When.</param>
/// <param name="What">What it was: <c>gate-answered</c>, <c>grant-given</c>, <c>enforcement-taken</c>, <c>verdict-disposed</c> …</param>
internal sealed record WireTrailEntry(long Entry, DateTimeOffset At, string What)
{
    /// <summary>Who; null for the monitor itself.</summary>
    public string? By { get; init; }

    /// <summary><c>api</c>, <c>page</c>, <c>desk</c> or <c>phone</c>; null where nobody came.</summary>
    public string? Door { get; init; }

    /// <summary>The command or the step.</summary>
    public string? Command { get; init; }

    /// <summary>With what: a kind of break, queues, a reason, a verdict's id.</summary>
    public string? Detail { get; init; }

    /// <summary><c>granted</c>, <c>refused</c> or <c>failed</c>; null where nothing was asked.</summary>
    public string? Answer { get; init; }

    /// <summary>The rule that refused.</summary>
    public string? Rule { get; init; }

    /// <summary>The sentence.</summary>
    public WireText? Text { get; init; }

    /// <summary>From when on it would have been granted.</summary>
    public DateTimeOffset? AllowedAt { get; init; }
}

/// <summary>House events as lines of an audit trail.</summary>
internal static class TrailMapping
{
    public static WireTrailEntry Of(FloorEvent said)
    {
        var line = new WireTrailEntry(said.Entry, said.At, WhatOf(said));
        return said switch
        {
            GateAnswered asked => line with
            {
                By = asked.By,
                Door = Of(asked.Door),
                Command = asked.Command,
                Detail = asked.Detail,
                Answer = Of(asked.Answer),
                Rule = asked.Rule,
                Text = asked.Text is { } text ? WireMapping.Of(text) : null,
                AllowedAt = asked.AllowedAt,
            },
            HouseAnswered asked => line with
            {
                By = asked.By,
                Door = Of(asked.Door),
                Command = asked.Command,
                Detail = asked.Detail,
                Answer = Of(asked.Answer),
                Text = asked.Text is { } why ? WireMapping.Of(why) : null,
            },
            DutyTaken taken => line with { By = taken.Holder },
            DutyOffered offered => line with { By = offered.By, Detail = offered.To },
            DutyDeclined declined => line with { By = declined.By },
            PatrolRecorded round => line with { By = round.By, Text = new(round.Seen, round.Seen) },
            PatrolPictured pictured => line with { Detail = pictured.Patrol },
            TeamMessageSent sent => line with { By = sent.From, Detail = sent.Team, Text = new(sent.Text, sent.Text) },
            ShiftExcused excused => line with { By = excused.By, Detail = excused.Shift, Rule = excused.Rule, Text = new(excused.Reason, excused.Reason) },
            MessageSent sent => line with { By = sent.From, Text = new(sent.Text, sent.Text) },
            HandAcknowledged seen => line with { By = seen.By },
            AgentMustered mustered => line with { By = mustered.By },
            GrantGiven given => line with { By = given.By, Command = given.Allow, Detail = given.Reason, AllowedAt = given.Until },
            BreakRequested asked => line with { By = asked.By, Detail = asked.Kind },
            BreakPlanned planned => line with { By = planned.By, Detail = planned.Kind, AllowedAt = planned.StartsAt },
            BreakGranted granted => line with { By = granted.By, Detail = granted.Kind, AllowedAt = granted.StartsAt },
            BreakDeferred deferred => line with { By = deferred.By, Detail = deferred.Call?.Id, AllowedAt = deferred.StartsAt },
            BreakCancelled cancelled => line with { By = cancelled.By },
            BreakDeclined declined => line with { By = declined.By },
            GrantRevoked revoked => line with { By = revoked.By, Detail = revoked.Grant },
            MessagePhoned phoned => line with { Command = WireWords.Of(phoned.State), Detail = phoned.Message, Text = phoned.Said.Length > 0 ? new(phoned.Said, phoned.Said) : null },
            HandLowered lowered => line with { By = lowered.By },
            VerdictDisposed disposed => line with { By = disposed.By, Command = disposed.Step, Detail = disposed.Verdict, Text = new(disposed.Reason, disposed.Reason) },
            EnforcementTaken taken => line with { Command = StepOf(taken), Detail = taken.Verdict, Text = taken.Note.Length > 0 ? new(taken.Note, taken.Note) : null },
            _ => line,
        };
    }

    public static string Of(GateDoor door) => door switch
    {
        GateDoor.Api => "api",
        GateDoor.Page => "page",
        GateDoor.Desk => "desk",
        GateDoor.Phone => "phone",
        _ => throw new ArgumentOutOfRangeException(nameof(door)),
    };

    private static string Of(GateVerdict answer) => answer switch
    {
        GateVerdict.Granted => "granted",
        GateVerdict.Refused => "refused",
        GateVerdict.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    private static string StepOf(EnforcementTaken taken) => Kebab(taken.Step.ToString());

    private static string WhatOf(FloorEvent said) => Kebab(said.GetType().Name);

    private static string Kebab(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
}
