using System.Collections.Immutable;
using System.Text;

namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>A header field that is sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, on one line.</param>
public readonly record struct SipField(string Name, string Value);

/// <summary>A request that is sent. Via and Content-Length are added when it is.</summary>
/// <param name="Method">The method.</param>
/// <param name="Uri">The Request-URI.</param>
/// <param name="Fields">The header fields, in order.</param>
/// <param name="Body">The body, possibly empty.</param>
public sealed record SipRequest(string Method, string Uri, ImmutableArray<SipField> Fields, ReadOnlyMemory<byte> Body = default)
{
    /// <summary>The same with one field more.</summary>
    public SipRequest With(string name, string value) => this with { Fields = Fields.Add(new(name, value)) };

    /// <summary>The request on the wire, under this Via.</summary>
    /// <exception cref="ArgumentException">Something holds a line break or another control: it would be a header field of its own.</exception>
    public byte[] Encode(string via)
    {
        var text = new StringBuilder(512);
        text.Append(Checked(Method)).Append(' ').Append(Checked(Uri)).Append(" SIP/2.0\r\nVia: ").Append(Checked(via)).Append("\r\n");
        foreach (var field in Fields) text.Append(Checked(field.Name)).Append(": ").Append(Checked(field.Value)).Append("\r\n");
        text.Append("Content-Length: ").Append(Body.Length).Append("\r\n\r\n");
        return Join(text, Body.Span);
    }

    /// <summary>A text that may stand on a header line.</summary>
    internal static string Checked(string text)
    {
        foreach (var c in text)
            if (char.IsControl(c) && c != '\t') throw new ArgumentException("A header field cannot hold a control character.");
        return text;
    }

    /// <summary>Head and body as bytes.</summary>
    internal static byte[] Join(StringBuilder head, ReadOnlySpan<byte> body)
    {
        var text = head.ToString();
        var length = Encoding.UTF8.GetByteCount(text);
        var bytes = new byte[length + body.Length];
        Encoding.UTF8.GetBytes(text, bytes);
        body.CopyTo(bytes.AsSpan(length));
        return bytes;
    }
}
