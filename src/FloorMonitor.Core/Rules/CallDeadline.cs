using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>A deadline that falls into a call moves to the end of it and of its wrap-up, and the sentence names the call (principle 2).</summary>
internal static class CallDeadline
{
    /// <summary>Where a deadline lies now; null while nobody knows, since the call or its wrap-up goes on. Allocates nothing.</summary>
    public static DateTimeOffset? Of(Agent agent, DateTimeOffset deadline, DateTimeOffset now)
    {
        if (IsTalkingSince(agent, deadline)) return null;
        if (CallAt(agent, deadline) is not { } call) return deadline;
        var until = call.WrappedUpAt ?? call.Until;
        if (agent.WrapUp is { } wrapUp && wrapUp.Since >= call.Until) until = wrapUp.EndsAt;
        return until > now && agent.WrapUp is not null ? null : until;
    }

    /// <summary>The call that a deadline fell into, its wrap-up included; null for none.</summary>
    public static EndedCall? CallAt(Agent agent, DateTimeOffset deadline)
    {
        if (agent.LastCall is not { } call || call.Since > deadline) return null;
        var until = agent.WrapUp is { } wrapUp && wrapUp.Since >= call.Until ? wrapUp.EndsAt : call.WrappedUpAt ?? call.Until;
        return until > deadline ? call : null;
    }

    /// <summary>What a sentence says of it; empty parts where the deadline did not move.</summary>
    public static Text Because(Agent agent, DateTimeOffset deadline, FloorState floor)
    {
        if (CallAt(agent, deadline) is not { } call) return new("", "");
        var name = CallNames.Of(call, floor);
        var due = Sentences.Clock(deadline, floor);
        return new($",原定 {due},因{name.Zh} 顺延", $", moved from {due} behind {name.En}");
    }

    // The phone of one who is in no queue is not reported any more: there only a call that was told of counts.
    private static bool IsTalkingSince(Agent agent, DateTimeOffset deadline) => agent.Members.IsEmpty
        ? agent.Call is { } call && (call.Answered || call.IsCaller) && call.Since <= deadline
        : LiveCall.IsTalkingSince(agent, deadline);
}
