using System.Text;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Sip.Watch;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>NOTIFYs as a real Kamailio 5.6.3 sent them, and documents written out by hand.</summary>
internal static class Capture
{
    /// <summary>The body of a captured NOTIFY.</summary>
    public static byte[] Body(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Sip", "Watch", "captures", name + ".sip"));
        return bytes[(bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..];
    }

    public static byte[] Bytes(string xml) => Encoding.UTF8.GetBytes(xml);

    public static byte[] Dialogs(int version, string state, params string[] dialogs) => Bytes(
        $"""<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="{version}" state="{state}" entity="sip:201@pbx.test">{string.Concat(dialogs)}</dialog-info>""");

    public static string Dialog(string id, string state, string direction = "recipient", string party = "0301234567", string local = "") =>
        $"""<dialog id="{id}" direction="{direction}"><state>{state}</state><remote><identity>sip:{party}@x</identity></remote>{local}</dialog>""";

    public const string Held = """<local><target uri="sip:201@x"><param pname="+sip.rendering" pval="no"/></target></local>""";

    public static byte[] Pidf(string tuples, string more = "") => Bytes(
        $"""<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:201@pbx.test">{tuples}{more}</presence>""");

    public static string Tuple(string basic, string note = "") =>
        $"<tuple id=\"t\"><status><basic>{basic}</basic></status>{(note.Length > 0 ? $"<note>{note}</note>" : "")}</tuple>";

    public static byte[] Reg(string state, int version, string registrations) => Bytes(
        $"""<reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="{version}" state="{state}">{registrations}</reginfo>""");

    public static string Registration(string id, string state, string contact) =>
        $"""<registration aor="sip:201@pbx.test" id="{id}" state="{state}"><contact id="c" state="{contact}" event="created"><uri>sip:201@127.0.0.1</uri></contact></registration>""";

    public static SeenPhone See(this PhonePicture picture) => picture.See("wang", number => number is "202");

    /// <summary>Shows a picture a document, which it must be able to read.</summary>
    public static PhonePicture Hears(this PhonePicture picture, PhonePackage package, byte[] body, long subscription = 1)
    {
        var change = picture.Take(package, body, subscription);
        Assert.True(change.IsSound, change.Trouble);
        Assert.False(change.AskAgain);
        return picture;
    }
}
