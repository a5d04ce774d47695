using System.Text;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>Spoils messages, the same way for the same seed.</summary>
/// <param name="seed">The same one spoils the same way.</param>
/// <param name="corpus">What is spoilt, and what pieces of are put into what is spoilt.</param>
internal sealed class Mutator(int seed, byte[][] corpus)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\r\n", "\r\n\r\n", "\n", "\r", "\0", ";", ",", "<", ">", "\"", "\\", "=", ":", "@", "[", "]", "%", "?", " ", "\t ", "\r\n ", "-1", "0", "2147483648", "18446744073709551616",
            "SIP/2.0", "SIP/3.0", "SIP/2.0 200 OK\r\n", "NOTIFY ", "ACK ", "Event: refer\r\n", "o: dialog\r\n", "l: 7\r\n", "Content-Length: 99999\r\n", "Via: SIP/2.0/UDP x;rport\r\n", "v: ,\r\n",
            "CSeq: 4294967296 NOTIFY\r\n", "Subscription-State: terminated;reason=", "Require: a\r\n", "Contact: *\r\n", "Record-Route: <sip:x;lr>,", "expires=", "tag=", "z9hG4bK", "é", "\u2028", "<?xml", "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly Random random = new(seed);

    /// <summary>Spoils what an agent receives.</summary>
    public Mutator(int seed)
        : this(seed, FuzzCorpus.Messages)
    {
    }

    /// <summary>The next spoilt message.</summary>
    public byte[] Next() => Spoil(corpus[random.Next(corpus.Length)]);

    /// <summary>A spoilt copy.</summary>
    public byte[] Spoil(byte[] message)
    {
        List<byte> bytes = [.. message];
        for (var times = random.Next(1, 6); times > 0; times--) Spoil(bytes);
        return [.. bytes];
    }

    private void Spoil(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, corpus[random.Next(corpus.Length)].Skip(random.Next(400)).Take(random.Next(1, 120)));
                break;
            case 5 when random.Next(10) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }
}
