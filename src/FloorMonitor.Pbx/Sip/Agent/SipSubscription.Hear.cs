using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>The watch as a listener.</summary>
internal sealed partial class SipSubscription
{
    // A dialog that did not even last this long ended for a reason that lasts longer: asking at once would go in circles.
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(10);

    /// <summary>Takes a NOTIFY that names a dialog of this watch, and says what it is answered.</summary>
    public SipReply Hear(SipMessage notify, ToldState told)
    {
        lock (gate)
        {
            if (dialog is not { } current || current.CallId != notify.CallId || !current.Holds(notify)) return SipReplies.NoSuchDialog;
            if (!SipReplies.IsPackage(notify.Find(SipHeader.Event), Watch.Event)) return SipReplies.BadEvent(Watch.Event);
            if (notify.Find(SipHeader.ContentEncoding) is { } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return SipReplies.NoEncoding;
            if (!current.Take(notify)) return SipReplies.OutOfOrder;
            var now = time.GetUtcNow();
            var planned = due;
            awaitsNotify = false;
            heard(new SipNotify(Watch, now, epoch, TypeOf(notify), notify.Body, notify.SequenceNumber, dialogs) { Raw = notify.Raw });
            if (told.IsTerminated) Terminated(told, current, now);
            else Lives(told, now);
            if (due != planned) alarm.Ring();
        }

        return SipReplies.Ok;
    }

    private static string? TypeOf(SipMessage notify)
    {
        if (notify.Find(SipHeader.ContentType) is not { } type) return null;
        var semicolon = type.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? type : type[..semicolon]).Trim().ToLowerInvariant();
    }

    private void Lives(ToldState told, DateTimeOffset now)
    {
        // Only now it works: a 200 alone is a promise.
        failures = 0;
        if (!ended && !leaving) Say(new(told.Word == "pending" ? SipWatchStanding.Pending : SipWatchStanding.Active));
        var before = expiresAt;
        if (told.Expires is { } seconds) expiresAt = now.AddSeconds(Math.Min(seconds, LongestExpires));

        // The refresh moves only where the end did: a NOTIFY that says the same as the 200 changes no plan but the waiting for itself.
        if (due is { } planned && (planned == unheardSince + Transactions.SipTimers.Patience || before - expiresAt > TimeSpan.FromSeconds(2) || planned > expiresAt)) due = RefreshAt(now);
    }

    /// <summary>RFC 6665 section 4.1.3: what each reason asks of the subscriber.</summary>
    private void Terminated(ToldState told, SipDialog over, DateTimeOffset now)
    {
        Drop(over);
        if (ended || leaving)
        {
            due = now;
            return;
        }

        switch (told.Reason)
        {
            case "rejected" or "noresource" or "invariant":
                due = null;
                Say(new(SipWatchStanding.Refused, told.Said));
                break;
            case "probation" or "giveup":
                Fail(told.Said, Later(now, told.RetryAfter));
                break;
            default:
                // deactivated, timeout, and whatever says nothing else: at once, but not in circles.
                Fail(told.Said, told.RetryAfter is null && now - askedAt > Brief ? now : Later(now, told.RetryAfter));
                break;
        }
    }
}
