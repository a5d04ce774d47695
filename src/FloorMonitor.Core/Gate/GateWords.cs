using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Gate;

/// <summary>What a command leaves in the journal: the word and the particulars of the asking, and the event of one that is done by being granted.</summary>
public static class GateWords
{
    /// <summary>The command's word, as in the API: <c>sign-out</c>.</summary>
    public static string Of(FloorCommand command) => command switch
    {
        TakeBreak => "break",
        SendMessage => "message",
        MoveQueues => "move",
        GrantBreak => "grant-break",
        GiveGrant => "grant",
        RevokeGrant => "revoke",
        _ => Kebab(command.GetType().Name),
    };

    /// <summary>A word of the house: <c>take-duty</c>, <c>message-team</c>.</summary>
    public static string Of(HouseCommand command) => command is BeatDuty ? "heartbeat" : Kebab(command.GetType().Name);

    /// <summary>With what the house was asked; empty for nothing.</summary>
    public static string DetailOf(HouseCommand command) => command switch
    {
        HandOverDuty one => one.To,
        RecordPatrol one => one.Seen,
        PicturePatrol one => one.Patrol,
        MessageTeam one => $"{one.Team}: {one.Text}",
        _ => "",
    };

    /// <summary>With what it was asked; empty for nothing.</summary>
    public static string DetailOf(FloorCommand command) => command switch
    {
        SignIn one => string.Join(", ", one.Queues.AsSpan().ToArray()),
        TakeBreak one => one.Kind,
        MoveQueues one => one.Reason.Length > 0 ? $"{string.Join(", ", one.Queues.AsSpan().ToArray())}: {one.Reason}" : string.Join(", ", one.Queues.AsSpan().ToArray()),
        RequestBreak one => one.Kind,
        GrantBreak one => string.Join(", ", new[] { one.At?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), one.For is { } span ? Rules.Sentences.En(span) : null }.OfType<string>()),
        DeferBreak one => Rules.Sentences.En(one.For),
        SendMessage one => one.Text,
        ReadMessage one => one.Message,
        GiveGrant one => $"{one.Allow}: {one.Reason}",
        RevokeGrant one => one.Grant,
        _ => "",
    };

    /// <summary>What a granted command changes in the house itself; null where only the switch has to do something.</summary>
    public static FloorEvent? EventOf(FloorCommand command, DateTimeOffset now) => command switch
    {
        RaiseHand => new HandRaised(now, command.Agent),
        LowerHand => new HandLowered(now, command.Agent, command.By),
        AcknowledgeHand => new HandAcknowledged(now, command.Agent, command.By),
        SendMessage one => new MessageSent(now, one.Agent, one.By, one.Text),
        ReadMessage one => new MessageRead(now, one.Agent, one.Message),
        CheckIn or RollCall => new AgentMustered(now, command.Agent, command.By),
        GiveGrant one => new GrantGiven(now, one.Agent, one.Allow, one.Reason, one.By, now + one.For),
        RevokeGrant one => new GrantRevoked(now, one.Agent, one.Grant, one.By),
        _ => null,
    };

    private static string Kebab(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
}
