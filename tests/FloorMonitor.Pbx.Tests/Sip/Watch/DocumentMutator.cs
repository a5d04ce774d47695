using System.Text;
using FloorMonitor.Pbx.Sip.Watch;
using static FloorMonitor.Pbx.Tests.Sip.Watch.Capture;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>
/// Spoils documents, the same way for the same seed. Half of them stay well-formed and say something else (other words, numbers and
/// elements), so that they get past the XML reader to what is behind it; the others lose their form.
/// </summary>
internal sealed class DocumentMutator(int seed)
{
    private static readonly Dictionary<PhonePackage, byte[][]> Corpus = new()
    {
        [PhonePackage.Dialog] =
        [
            .. Enumerable.Range(1, 7).Select(number => Body($"notify-dialog-0{number}")),
            Dialogs(3, "full", Dialog("a", "confirmed", "initiator", "202", Held), Dialog("b", "early")), Dialogs(4, "partial", Dialog("b", "confirmed")), Dialogs(5, "partial", Dialog("a", "terminated")),
        ],
        [PhonePackage.Presence] =
        [
            .. Enumerable.Range(2, 4).Select(number => Body($"notify-presence-0{number}")),
            Pidf(Tuple("open", "Ready") + Tuple("closed", "Unavailable")), Pidf(Tuple("open", "On hold")), Pidf(Tuple("open", "Ringing"), "<dm:person id='p'><rpid:activities><rpid:on-the-phone/></rpid:activities></dm:person>"),
        ],
        [PhonePackage.Reg] =
        [
            .. Enumerable.Range(2, 3).Select(number => Body($"notify-reg-0{number}")),
            Reg("full", 3, Registration("r", "active", "active") + Registration("s", "init", "active")), Reg("partial", 4, Registration("r", "terminated", "terminated")),
        ],
    };

    private static readonly string[] Words =
    [
        "full", "partial", "confirmed", "early", "trying", "proceeding", "terminated", "active", "init", "open", "closed", "recipient", "initiator", "dialog", "state", "remote", "local",
        "tuple", "basic", "note", "contact", "registration", "on-the-phone", "On the phone", "Ringing", "On hold", "Unavailable", "sip:", "id", "version", "entity", "0", "1", "2", "3", "4", "5", "9",
        "9223372036854775808", "no", "", "x", "\u00e9\u4e00", "&amp;", "&#x41;", "<![CDATA[confirmed]]>", "<!-- -->", "<?p i?>",
    ];

    private static readonly string[] Elements =
    [
        Dialog("n", "confirmed"), Dialog("a", "terminated"), Dialog("n", "early", "initiator", local: Held), "<dialog id='n'/>", "<state>early</state>", Tuple("open", "On the phone"), Tuple("closed"),
        Registration("n", "active", "active"), Registration("r", "terminated", "terminated"), "<x xmlns='urn:x'><y/></x>", "<note>Busy</note>", "text",
    ];

    private readonly Random random = new(seed);
    private readonly Mutator bytes = new(seed, [.. Corpus.Values.SelectMany(bodies => bodies), .. Words.Concat(Elements).Where(word => word.Length > 0).Select(Encoding.UTF8.GetBytes)]);

    /// <summary>The documents of a package as they are sent, before they are spoilt.</summary>
    public static IReadOnlyList<byte[]> Sound(PhonePackage package) => Corpus[package];

    /// <summary>The next spoilt document of a package, or now and then of another one.</summary>
    public byte[] Next(PhonePackage package)
    {
        var bodies = Corpus[random.Next(20) == 0 ? (PhonePackage)random.Next(3) : package];
        var body = bodies[random.Next(bodies.Length)];
        return random.Next(2) == 0 ? Said(Encoding.UTF8.GetString(body)) : bytes.Spoil(body);
    }

    private byte[] Said(string xml)
    {
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var (word, other) = (Words[random.Next(Words.Length)], Words[random.Next(Words.Length)]);
            if (random.Next(3) == 0 && xml.IndexOf("><", random.Next(xml.Length), StringComparison.Ordinal) is var gap and >= 0) xml = xml.Insert(gap + 1, Elements[random.Next(Elements.Length)]);
            else if (word.Length > 0 && xml.IndexOf(word, random.Next(xml.Length), StringComparison.Ordinal) is var at and >= 0) xml = $"{xml.AsSpan(0, at)}{other}{xml.AsSpan(at + word.Length)}";
        }

        return Encoding.UTF8.GetBytes(xml);
    }
}
