using System.Text;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>What the fuzzer begins with: NOTIFYs that a real Kamailio 5.6 sent (the files in <c>Watch/captures</c>), and the other messages that an agent sees.</summary>
internal static class FuzzCorpus
{
    private const string Head = "Via: SIP/2.0/UDP 192.0.2.9:5070;branch=z9hG4bKfuzz;received=192.0.2.9;rport=5070\r\nFrom: <sip:monitor@pbx.test>;tag=ours\r\n"
        + "To: <sip:201@pbx.test>;tag=theirs\r\nCall-ID: fuzz\r\n";

    /// <summary>All of it.</summary>
    public static readonly byte[][] Messages =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sip", "Watch", "captures"), "*.sip").Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
        .. new[]
        {
            $"SIP/2.0 200 OK\r\n{Head}CSeq: 1 SUBSCRIBE\r\nContact: <sip:presence@192.0.2.1:5060>\r\nExpires: 300\r\nRecord-Route: <sip:edge.pbx.test;lr>, <sip:core.pbx.test;lr>\r\nContent-Length: 0\r\n\r\n",
            $"SIP/2.0 401 Unauthorized\r\n{Head}CSeq: 1 REGISTER\r\nWWW-Authenticate: Digest realm=\"pbx, test\", nonce=\"abc\", algorithm=SHA-256, qop=\"auth,auth-int\", opaque=\"x\", stale=false\r\nContent-Length: 0\r\n\r\n",
            $"SIP/2.0 423 Interval Too Brief\r\n{Head}CSeq: 1 SUBSCRIBE\r\nMin-Expires: 1800\r\nContent-Length: 0\r\n\r\n",
            $"SIP/2.0 503 Service Unavailable\r\n{Head}CSeq: 1 OPTIONS\r\nRetry-After: 18 (soon);duration=3\r\nWarning: 399 pbx \"busy\"\r\nContent-Length: 0\r\n\r\n",
            $"OPTIONS sip:monitor@192.0.2.9:5070 SIP/2.0\r\n{Head}CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
            $"INVITE sip:monitor@192.0.2.9:5070 SIP/2.0\r\n{Head}CSeq: 1 INVITE\r\nMax-Forwards: 70\r\nRequire: 100rel\r\nContent-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];
}
