using FloorMonitor.Pbx.Sip;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>MESSAGE (RFC 3428) to a desk phone. Its display holds a line or two, so the title is all there is.</summary>
internal sealed class SipChannel(Func<ISipUserAgent?> agent) : IAlertChannel
{
    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutgoingAlert outgoing, CancellationToken stop)
    {
        if (agent() is not { } phone) return new FailedForNow("no PBX is followed by SIP");
        var sent = await phone.SendMessageAsync(outgoing.Message.Target.To, outgoing.Message.Title, stop);
        return sent.Outcome switch
        {
            SipDeliveryOutcome.Delivered or SipDeliveryOutcome.Accepted => new Delivered(),
            SipDeliveryOutcome.Unanswered or SipDeliveryOutcome.NoLink => new FailedForNow(sent.Answer),
            // A phone that is off, away or behind a proxy in trouble may take it later (RFC 3261 section 21); any other no is final.
            _ => sent.Answer.Length > 2 && sent.Answer[..3] is "408" or "480" or "486" || sent.Answer.StartsWith('5') ? new FailedForNow(sent.Answer) : new Refused(sent.Answer),
        };
    }
}
