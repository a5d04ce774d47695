using System.Globalization;
using System.Text;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>Classes of AMI events, as the Login and Events actions' masks name them.</summary>
[Flags]
internal enum EventClass
{
    None = 0,
    System = 1,
    Call = 2,
    Log = 4,
    Agent = 8,
    User = 16,
    Reporting = 32,
    Dialplan = 64,
    Security = 128,
    Command = 256,
    Other = 512,
    All = 1023,
}

/// <summary>One AMI message under construction: header lines ended by CRLF, the message by an empty line.</summary>
internal sealed class AmiText
{
    private readonly StringBuilder _text = new(640);

    public AmiText Line(string name, string value)
    {
        _text.Append(name).Append(": ").Append(value).Append("\r\n");
        return this;
    }

    public AmiText Line(string name, long value)
    {
        _text.Append(name).Append(": ").Append(CultureInfo.InvariantCulture, $"{value}").Append("\r\n");
        return this;
    }

    public AmiText Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>The ActionID that the asker gave, or nothing: a reply without one exists.</summary>
    public AmiText Id(string? actionId) => actionId is null ? this : Line("ActionID", actionId);

    public string End() => _text.Append("\r\n").ToString();

    public static AmiText Response(string kind, string? actionId) => new AmiText().Line("Response", kind).Id(actionId);

    public static AmiText Event(string name, EventClass @class) => new AmiText().Line("Event", name).Line("Privilege", Privilege(@class));

    public static string Privilege(EventClass @class) => @class switch
    {
        EventClass.System => "system,all",
        EventClass.Call => "call,all",
        EventClass.Agent => "agent,all",
        EventClass.Dialplan => "dialplan,all",
        EventClass.Security => "security,all",
        EventClass.User => "user,all",
        EventClass.Reporting => "reporting,all",
        _ => "log,all",
    };
}

/// <summary>An event that the switch tells everybody who asked for its class.</summary>
internal sealed class AmiEvent(string name, EventClass @class, string text)
{
    private byte[]? _bytes;

    public string Name { get; } = name;

    public EventClass Class { get; } = @class;

    public string Text { get; } = text;

    public ReadOnlyMemory<byte> Bytes => _bytes ??= Encoding.UTF8.GetBytes(Text);
}
