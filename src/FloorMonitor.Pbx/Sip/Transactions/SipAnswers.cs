using System.Net;
using System.Security.Cryptography;
using System.Text;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Transactions;

/// <summary>Responses of ours: what they repeat of their request, and where they go.</summary>
internal sealed class SipAnswers
{
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(16);

    /// <summary>Whether enough of a request can be read to answer it: hostile ones are not worth more than that.</summary>
    public static bool CanAnswer(SipMessage request) =>
        request.IsRequest && request.Method != "ACK" && request.Via is not null && request.Find(SipHeader.From) is not null
        && request.Find(SipHeader.To) is not null && request.CallId.Length > 0 && request.Find(SipHeader.CSeq) is not null;

    /// <summary>The response on the wire (section 8.2.6.2), its topmost Via saying whence the request was seen to come (18.2.1, RFC 3581).</summary>
    public byte[] Encode(SipMessage request, SipReply reply, IPEndPoint from)
    {
        var text = new StringBuilder(512);
        text.Append("SIP/2.0 ").Append(reply.Status).Append(' ').Append(SipRequest.Checked(reply.Reason)).Append("\r\n");
        var first = true;
        foreach (var via in request.Values(SipHeader.Via))
        {
            text.Append("Via: ").Append(first ? Seen(via, request.Via!, from) : via).Append("\r\n");
            first = false;
        }

        text.Append("From: ").Append(request.Find(SipHeader.From)).Append("\r\nTo: ").Append(request.Find(SipHeader.To));
        if (request.To.Tag is null && request.To.Uri.Length > 0) text.Append(";tag=").Append(reply.ToTag ?? TagFor(request));
        text.Append("\r\nCall-ID: ").Append(request.CallId).Append("\r\nCSeq: ").Append(request.Find(SipHeader.CSeq)).Append("\r\n");
        foreach (var field in reply.Fields) text.Append(SipRequest.Checked(field.Name)).Append(": ").Append(SipRequest.Checked(field.Value)).Append("\r\n");
        text.Append("Content-Length: 0\r\n\r\n");
        return SipRequest.Join(text, []);
    }

    /// <summary>Where a response to a request over UDP goes: whence it came, or to the port that its Via names when it asks for no other (18.2.2).</summary>
    public static IPEndPoint PlaceFor(SipMessage request, IPEndPoint from) =>
        request.Via!.Parameter("rport") is not null ? from : new(from.Address, request.Via.Port ?? 5060);

    private static string Seen(string line, SipVia via, IPEndPoint from)
    {
        var parameters = new StringBuilder(line.Length + 40);
        var semicolon = line.IndexOf(';', StringComparison.Ordinal);
        parameters.Append(semicolon < 0 ? line : line.AsSpan(0, semicolon));
        var wantsPort = false;
        var rest = via.Parameters.AsSpan();
        while (SipText.NextParameter(ref rest, ';', out var name, out var value))
        {
            // What a sender says of itself here is replaced by what was seen.
            if (name.Equals("received", StringComparison.OrdinalIgnoreCase)) continue;
            if (name.Equals("rport", StringComparison.OrdinalIgnoreCase))
            {
                wantsPort = true;
                continue;
            }

            parameters.Append(';').Append(name);
            if (!value.IsEmpty) parameters.Append('=').Append(value);
        }

        if (wantsPort || via.Host.Trim('[', ']') != from.Address.ToString()) parameters.Append(";received=").Append(from.Address);
        if (wantsPort) parameters.Append(";rport=").Append(from.Port);
        return parameters.ToString();
    }

    /// <summary>The same tag for the same request each time (section 8.2.7), and no other's to guess.</summary>
    private string TagFor(SipMessage request)
    {
        var text = Encoding.UTF8.GetBytes($"{request.CallId}|{request.SequenceNumber}|{request.Find(SipHeader.From)}|{request.Via?.Branch}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret, text).AsSpan(0, 8));
    }
}
