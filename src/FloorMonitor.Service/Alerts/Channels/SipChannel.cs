using System.Text;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Pbx.Sip;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>MESSAGE (RFC 3428) to a desk phone. Its display holds a line or two, so the title is all there is.</summary>
internal sealed class SipChannel(Func<ISipUserAgent?> agent) : IAlertChannel
{
    // What somebody wrote is cut nowhere but here, and then says where the rest is, in both languages, since it is in any.
    private const string RestOnThePage = "…(全文见页面 / the rest is on your page)";

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutgoingAlert outgoing, CancellationToken stop)
    {
        if (agent() is not { } phone) return new FailedForNow("no PBX is followed by SIP");
        var message = outgoing.Message;
        var text = Cut(message.Title, phone.LongestText, message.News == AlertNews.Message ? RestOnThePage : "…");
        // Every try has the same Call-ID, by which a phone or a PBX that took it before can know it again.
        var sent = await phone.SendMessageAsync(message.Target.To, text, AcknowledgementLinks.HashOf(Uri.EscapeDataString(message.Key)), stop);
        return sent.Outcome switch
        {
            SipDeliveryOutcome.Delivered => new Delivered { Said = sent.Answer },
            SipDeliveryOutcome.Accepted => new Delivered { Said = sent.Answer, HandedOn = true },
            SipDeliveryOutcome.Unanswered or SipDeliveryOutcome.NoLink => new FailedForNow(sent.Answer),
            // A phone that is off, away or behind a proxy in trouble may take it later (RFC 3261 section 21); any other no is final.
            _ => sent.Answer.Length > 2 && sent.Answer[..3] is "408" or "480" or "486" || sent.Answer.StartsWith('5') ? new FailedForNow(sent.Answer) : new Refused(sent.Answer),
        };
    }

    private static string Cut(string text, int bytes, string ending)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes) return text;
        var (kept, used) = (0, Encoding.UTF8.GetByteCount(ending));
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > bytes) break;
            used += rune.Utf8SequenceLength;
            kept += rune.Utf16SequenceLength;
        }

        return text[..kept] + ending;
    }
}
