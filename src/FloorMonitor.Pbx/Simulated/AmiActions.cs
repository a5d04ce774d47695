using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>What a session is answered: pieces in order (a list comes queue by queue), and whether the link is closed after them.</summary>
internal sealed record AmiReply(IEnumerable<string> Pieces, bool Close = false)
{
    public static AmiReply Of(string text) => new([text]);

    public static AmiReply Error(string? id, string message) => Of(AmiText.Response("Error", id).Line("Message", message).End());

    public static AmiReply Success(string? id, string message) => Of(AmiText.Response("Success", id).Line("Message", message).End());
}

/// <summary>The actions of the manager interface, answered as Asterisk 22.10 answers them (measured, wording included).</summary>
internal sealed partial class AmiActions(SimulatedSwitch pbx, SimulatedPbxOptions options)
{
    private const string Challenge = "123231007";

    /// <summary>Every login is refused, as with a wrong secret.</summary>
    public bool RefuseLogins { get; set; }

    public AmiReply Answer(AmiRequest request, AmiLogin session)
    {
        var id = request.ActionId;
        if (request.TooLong) return AmiReply.Error(id, "Failed to parse message: line too long");
        var action = request.Get("Action");
        if (string.IsNullOrEmpty(action)) return BadFormat(id, "NONE", "Missing action in request");
        var name = action.ToUpperInvariant();
        if (!session.In && name is not ("LOGIN" or "CHALLENGE" or "LOGOFF")) return AmiReply.Error(id, "Permission denied");
        return name switch
        {
            "LOGIN" => Login(request, session),
            "CHALLENGE" => request.GetOr("AuthType", "").Equals("MD5", StringComparison.OrdinalIgnoreCase)
                ? AmiReply.Of(AmiText.Response("Success", id).Line("Challenge", Challenge).End())
                : AmiReply.Error(id, "Must specify AuthType"),
            "LOGOFF" => new AmiReply([AmiText.Response("Goodbye", id).Line("Message", "Thanks for all the fish.").End()], Close: true),
            "PING" => AmiReply.Of(AmiText.Response("Success", id).Line("Ping", "Pong").Line("Timestamp", Timestamp()).End()),
            "EVENTS" => Events(request, session),
            "FILTER" => Filter(request, session),
            "CORESTATUS" => CoreStatus(id),
            "CORESETTINGS" => CoreSettings(id),
            "QUEUESTATUS" => new AmiReply(SwitchReports.QueueStatus(pbx, id, request.Get("Queue"), request.Get("Member"))),
            "QUEUESUMMARY" => new AmiReply(SwitchReports.QueueSummary(pbx, id, request.Get("Queue"))),
            "CORESHOWCHANNELS" => new AmiReply(SwitchReports.CoreShowChannels(pbx, id)),
            "QUEUEADD" => QueueAdd(request),
            "QUEUEREMOVE" => QueueRemove(request),
            "QUEUEPAUSE" => QueuePause(request),
            "QUEUEPENALTY" => QueuePenalty(request),
            "QUEUERESET" => QueueReset(request),
            "ORIGINATE" => Originate(request),
            "HANGUP" => Hangup(request),
            "COMMAND" => Command(request),
            _ => BadFormat(id, $"Action: {action}", $"Invalid/unknown command: {action}. Use Action: ListCommands to show available commands."),
        };
    }

    private AmiReply Login(AmiRequest request, AmiLogin session)
    {
        var id = request.ActionId;
        if (session.In) return AmiReply.Success(id, "Already authenticated");
        var secret = request.Get("AuthType") is { } type && type.Equals("MD5", StringComparison.OrdinalIgnoreCase)
            ? string.Equals(request.Get("Key"), Md5(Challenge + options.Secret), StringComparison.OrdinalIgnoreCase)
            : request.Get("Secret") == options.Secret;
        if (RefuseLogins || !secret || request.Get("Username") != options.Username)
            return new AmiReply([AmiText.Response("Error", id).Line("Message", "Authentication failed").End()], Close: true);
        session.In = true;
        if (request.Get("Events") is { Length: > 0 } mask) session.Filter.SetMask(mask);
        return AmiReply.Success(id, "Authentication accepted");
    }

    private static AmiReply Events(AmiRequest request, AmiLogin session)
    {
        if (request.Get("EventMask") is not { Length: > 0 } mask) return AmiReply.Error(request.ActionId, "Invalid event mask");
        session.Filter.SetMask(mask);
        return AmiReply.Of(AmiText.Response("Success", request.ActionId).Line("Events", session.Filter.Mask == EventClass.None ? "Off" : "On").End());
    }

    private static AmiReply Filter(AmiRequest request, AmiLogin session)
    {
        var id = request.ActionId;
        if (!request.GetOr("Operation", "").Equals("Add", StringComparison.OrdinalIgnoreCase)) return AmiReply.Error(id, "Unknown operation");
        return session.Filter.TryAdd(request.GetOr("Filter", ""), request.Get("MatchCriteria"))
            ? AmiReply.Success(id, "Success")
            : AmiReply.Error(id, "Filter did not compile.  Check the syntax of the filter given.");
    }

    private AmiReply CoreStatus(string? id) => AmiReply.Of(AmiText.Response("Success", id)
        .Line("CoreStartupDate", pbx.StartedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        .Line("CoreStartupTime", pbx.StartedAt.ToString("HH:mm:ss", CultureInfo.InvariantCulture))
        .Line("CoreReloadDate", pbx.StartedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        .Line("CoreReloadTime", pbx.StartedAt.ToString("HH:mm:ss", CultureInfo.InvariantCulture))
        .Line("CoreCurrentCalls", pbx.Calls.Count)
        .Line("CoreProcessedCalls", pbx.CallsProcessed)
        .End());

    private static AmiReply CoreSettings(string? id) => AmiReply.Of(AmiText.Response("Success", id)
        .Line("AMIversion", "11.0.0")
        .Line("AsteriskVersion", "22.10.1")
        .Line("SystemName", "")
        .Line("CoreMaxCalls", 0)
        .Line("CoreMaxLoadAvg", "0.000000")
        .Line("CoreRunUser", "")
        .Line("CoreRunGroup", "")
        .Line("CoreMaxFilehandles", 0)
        .Line("CoreRealTimeEnabled", "No")
        .Line("CoreCDRenabled", "Yes")
        .Line("CoreHTTPenabled", "No")
        .Line("SoundsSearchCustomDir", "No")
        .End());

    private AmiReply Hangup(AmiRequest request)
    {
        var id = request.ActionId;
        if (request.Get("Channel") is not { Length: > 0 } wanted) return AmiReply.Error(id, "No channel specified");
        if (wanted.Length < 3 || wanted[0] != '/' || wanted[^1] != '/')
        {
            var channel = pbx.Channels.Find(channel => channel.Name == wanted);
            if (channel is null || pbx.CallOf(channel) is not { } one || !pbx.HangUp(one, channel)) return AmiReply.Error(id, "No such channel");
            return AmiReply.Success(id, "Channel Hungup");
        }

        if (EventFilter.Matcher(wanted[1..^1], "regex") is not { } matches) return AmiReply.Error(id, "Regex compile error");
        var found = pbx.Channels.FindAll(channel => matches(channel.Name));
        var pieces = new List<string> { AmiText.Response("Success", id).Line("EventList", "start").Line("Message", "Channels hung up will follow").End() };
        foreach (var channel in found)
        {
            pieces.Add(new AmiText().Line("Event", "ChannelHungup").Line("Channel", channel.Name).Id(id).End());
            if (!channel.Gone && pbx.CallOf(channel) is { } call) pbx.HangUp(call, channel);
        }

        pieces.Add(new AmiText().Line("Event", "ChannelsHungupListComplete").Id(id).Line("EventList", "Complete").Line("ListItems", found.Count).End());
        return new AmiReply(pieces);
    }

    private AmiReply Originate(AmiRequest request)
    {
        var id = request.ActionId;
        if (request.Get("Channel") is not { Length: > 0 } channel) return AmiReply.Error(id, "Channel not specified");
        var slash = channel.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == channel.Length - 1) return AmiReply.Error(id, "Invalid channel");
        var callerId = CallerId().Match(request.GetOr("CallerID", ""));
        var number = callerId.Success ? callerId.Groups["number"].Value : "<unknown>";
        var name = callerId.Success && callerId.Groups["name"].Value is { Length: > 0 } given ? given : "<unknown>";
        var exten = request.GetOr("Exten", "");
        var queue = request.GetOr("Application", "").Equals("Queue", StringComparison.OrdinalIgnoreCase)
            ? pbx.FindQueue(request.GetOr("Data", "").Split(',')[0])
            : pbx.QueueAtExten(exten);
        SimCall call;
        if (channel.StartsWith("Local/", StringComparison.Ordinal))
        {
            if (queue is null) return AmiReply.Error(id, "Extension does not exist.");
            call = pbx.CallInByLocal(queue, channel[(slash + 1)..].Replace("/n", "", StringComparison.Ordinal), request.GetOr("Context", "default"), number, name);
        }
        else
        {
            if (pbx.FindDevice(channel) is not { } from || pbx.FindDevice($"PJSIP/{exten}") is not { } to) return AmiReply.Error(id, "Extension does not exist.");
            call = pbx.Dial(from, from.Members.Count > 0 ? from.Members[0].Name : "<unknown>", exten, to);
        }

        pbx.Voice.Plain("OriginateResponse", EventClass.Call,
            ("ActionID", id ?? ""), ("Response", "Success"), ("Channel", call.Caller.Name), ("Context", request.GetOr("Context", "default")),
            ("Exten", exten), ("Reason", "4"), ("Uniqueid", call.Caller.Uniqueid), ("CallerIDNum", number), ("CallerIDName", name));
        return AmiReply.Success(id, "Originate successfully queued");
    }

    /// <summary>The real one tells security listeners of a request that it cannot read.</summary>
    private AmiReply BadFormat(string? id, string type, string message)
    {
        pbx.Voice.Plain("RequestBadFormat", EventClass.Security,
            ("EventTV", $"{pbx.Now:yyyy-MM-ddTHH:mm:ss.fff}+0000"), ("Severity", "Error"), ("Service", "AMI"), ("EventVersion", "1"),
            ("RequestType", type), ("AccountID", options.Username));
        return AmiReply.Error(id, message);
    }

    private string Timestamp() => (pbx.Now.ToUnixTimeMilliseconds() / 1000m).ToString("0.000000", CultureInfo.InvariantCulture);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "AMI's challenge is defined with MD5.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("""^\s*"?(?<name>[^"<]*?)"?\s*<?(?<number>\+?[0-9A-Za-z]+)>?\s*$""")]
    private static partial Regex CallerId();
}
