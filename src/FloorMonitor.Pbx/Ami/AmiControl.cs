using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Pbx.Ami;

/// <summary>The floor's actions in AMI's words, and AMI's answers in the floor's.</summary>
internal static class AmiControl
{
    /// <summary>The action to send; null with an objection when a value must not be sent.</summary>
    public static (AmiAction? Action, Text? Objection) Encode(PbxAction action, string? stateInterface)
    {
        var objection = action switch
        {
            JoinQueue join => Objection("Interface", join.Address) ?? Objection("Queue", join.Queue) ?? AmiAction.Objection("MemberName", join.Name)
                ?? (join.Penalty < 0 ? new Text("Penalty 为负数", "Penalty is negative.") : null)
                ?? (join.PausedFor is { Length: > 0 } reason ? Objection("Reason", reason) : null),
            LeaveQueue leave => Objection("Interface", leave.Address) ?? Objection("Queue", leave.Queue),
            SetPause pause => Objection("Interface", pause.Address) ?? (pause.Queue is null ? null : Objection("Queue", pause.Queue))
                ?? (pause.Reason.Length == 0 ? null : Objection("Reason", pause.Reason)),
            _ => new($"Asterisk 不支持 {action.GetType().Name}", $"An Asterisk cannot do {action.GetType().Name}."),
        };
        return objection is null ? (Encoded(action, stateInterface), null) : (null, objection);
    }

    /// <summary>What an answer means. What was already so counts as done.</summary>
    public static ControlResult Read(PbxAction action, AmiMessage answer)
    {
        var words = answer.Get("Message") ?? "";
        if (answer.Find("Response") is "Success") return new(true, words);
        var already = action switch
        {
            JoinQueue => words.Contains("Already there", StringComparison.OrdinalIgnoreCase),
            LeaveQueue => words.Contains("Not there", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
        return words.Length > 0 ? new(already, words) : new(already, new Text("交换机拒绝,未说明原因", "The switch refused without a reason."));
    }

    private static AmiAction Encoded(PbxAction action, string? stateInterface)
    {
        switch (action)
        {
            case JoinQueue join:
                var add = new AmiAction("QueueAdd").With("Queue", join.Queue).With("Interface", join.Address)
                    .With("Penalty", join.Penalty.ToString(System.Globalization.CultureInfo.InvariantCulture));

                // persistentmembers keeps members as text that ';' and '|' divide.
                if (join.Name.Length > 0) add.With("MemberName", join.Name.Replace(';', ' ').Replace('|', ' '));

                if (join.PausedFor is { } reason)
                {
                    add.With("Paused", "true");
                    if (reason.Length > 0) add.With("Reason", reason);
                }

                // A member put back without its StateInterface would be free whatever its phone does.
                if (stateInterface is not null) add.With("StateInterface", stateInterface);
                return add;
            case LeaveQueue leave:
                return new AmiAction("QueueRemove").With("Queue", leave.Queue).With("Interface", leave.Address);
            default:
                var pause = (SetPause)action;
                var set = new AmiAction("QueuePause").With("Interface", pause.Address).With("Paused", pause.Paused ? "true" : "false");
                if (pause.Queue is not null) set.With("Queue", pause.Queue);
                if (pause.Paused && pause.Reason.Length > 0) set.With("Reason", pause.Reason);
                return set;
        }
    }

    private static Text? Objection(string header, string value) =>
        value.Length == 0 ? new($"{header} 为空", $"{header} is empty.")
        : value.AsSpan().ContainsAny(';', '|') ? new($"{header} 含有交换机用作分隔的字符", $"{header} holds a character that divides the switch's own records.")
        : AmiAction.Objection(header, value);
}
