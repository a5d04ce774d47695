using System.Globalization;
using System.Text;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Ami;

/// <summary>Gathers the answers to QueueStatus and CoreShowChannels, and makes the floor's snapshot of them.</summary>
public sealed class AmiSnapshot
{
    /// <summary>More messages than this describe no floor.</summary>
    public const int MaxMessages = 500_000;

    private readonly List<AmiMessage> messages = [];

    /// <summary>How many messages it has.</summary>
    public int Count => messages.Count;

    /// <summary>Adds a message of the answers.</summary>
    /// <exception cref="AmiProtocolException">There are more than any floor has.</exception>
    public void Add(AmiMessage message)
    {
        if (messages.Count == MaxMessages)
            throw new AmiProtocolException(AmiProtocolError.TooMuchHeld, $"The snapshot has more than {MaxMessages} messages.");
        messages.Add(message);
    }

    /// <summary>The snapshot. The translator learns the members and calls on the way.</summary>
    public FeedSnapshot Build(AmiTranslator translator, SwitchClock clock, DateTimeOffset at, DateTimeOffset? switchStartedAt)
    {
        var queues = new List<SeenQueue>();
        var members = new List<SeenMember>();
        var callers = new List<SeenCaller>();
        var channels = new List<AmiMessage>();
        translator.Calls.Clear();
        translator.Members.BeginAnew();
        foreach (var message in messages)
        {
            switch (message.Event)
            {
                case AmiEventKind.QueueParams when AmiTranslator.Name(message, "Queue") is { } name:
                    queues.Add(new(name, Count32(message, "Completed"), Count32(message, "Abandoned"), Threshold(message)));
                    break;
                case AmiEventKind.QueueMember when translator.SeenMember(message, at) is { } member:
                    members.Add(member);
                    break;
                case AmiEventKind.QueueEntry when AmiTranslator.Name(message, "Queue") is { } queue
                    && AmiTranslator.Name(message, "Uniqueid") is { } call:
                    var waited = AmiTranslator.Seconds(message.GetNumber("Wait"));
                    callers.Add(new(queue, call, AmiTranslator.PartyOf(message.Find("CallerIDNum")), at - waited));
                    translator.Calls.Waits(call);
                    break;
                case AmiEventKind.CoreShowChannel:
                    channels.Add(message);
                    break;
            }
        }

        var calls = AmiChannels.CallsOf(channels, translator, at);
        foreach (var call in calls) translator.Calls.Know(call.Call);
        return new(switchStartedAt, ValueArray.From(queues), ValueArray.From(members), ValueArray.From(callers), ValueArray.From(calls));
    }

    /// <summary>All of it as received: the evidence.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var message in messages) text.Append(message.Text).Append("\r\n\r\n");
        return text.ToString();
    }

    private static int? Count32(AmiMessage message, string header) =>
        message.GetNumber(header) is >= 0 and <= int.MaxValue and var number ? (int)number : null;

    private static TimeSpan? Threshold(AmiMessage message) =>
        message.GetNumber("ServiceLevel") is > 0 and < 86400 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>Agents' calls under way, out of a list of channels.</summary>
internal static class AmiChannels
{
    /// <summary>
    /// One call for each agent's channel that is up and has an other side: by Linkedid the queue's caller (Application Queue), by
    /// BridgeId whoever else it talks to.
    /// </summary>
    public static List<SeenCall> CallsOf(List<AmiMessage> channels, AmiTranslator translator, DateTimeOffset at)
    {
        var callers = new Dictionary<string, AmiMessage>(StringComparer.Ordinal);
        var bridges = new Dictionary<string, List<AmiMessage>>(StringComparer.Ordinal);
        foreach (var channel in channels)
        {
            if (channel.Find("Application") is "Queue" && channel.Get("Linkedid") is { } link) callers.TryAdd(link, channel);
            if (channel.Get("BridgeId") is not { } bridge) continue;
            if (!bridges.TryGetValue(bridge, out var inside)) bridges[bridge] = inside = [];
            inside.Add(channel);
        }

        var calls = new List<SeenCall>();
        foreach (var channel in channels)
        {
            // 6 is Up: what still rings is told by events, or by nothing.
            if (channel.Find("ChannelState") is not "6" || translator.Members.AgentOnChannel(channel.Find("Channel")) is not { } agent
                || AmiTranslator.Name(channel, "Uniqueid") is not { } own) continue;
            var since = at - Duration(channel.Find("Duration"));
            if (channel.Get("Linkedid") is { } linked && callers.TryGetValue(linked, out var caller) && caller != channel
                && channel.Find("Application") is "AppQueue" or "" && AmiTranslator.Name(caller, "Uniqueid") is { } call)
            {
                calls.Add(new(call, agent, QueueOf(caller), CallDirection.Inbound, AmiTranslator.PartyOf(caller.Find("CallerIDNum")), since));
                continue;
            }

            if (channel.Get("BridgeId") is not { } bridge || bridges[bridge].Find(other => other != channel) is not { } peer) continue;
            var called = channel.Find("Application") is "AppDial" || peer.Find("Application") is "Dial";
            var id = called ? own : AmiTranslator.Name(peer, "Uniqueid") ?? own;
            var direction = translator.Members.AgentOnChannel(peer.Find("Channel")) is not null ? CallDirection.Internal
                : called ? CallDirection.Inbound : CallDirection.Outbound;
            calls.Add(new(id, agent, null, direction, AmiTranslator.PartyOf(peer.Find("CallerIDNum")), since));
        }

        return calls;
    }

    private static string? QueueOf(AmiMessage caller)
    {
        var data = caller.Find("ApplicationData");
        var comma = data.IndexOf(',');
        var name = comma < 0 ? data : data[..comma];
        return name.IsEmpty || name.Length > AmiTranslator.MaxNameLength ? null : name.ToString();
    }

    private static TimeSpan Duration(ReadOnlySpan<char> text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero && duration < TimeSpan.FromDays(30)
            ? duration : TimeSpan.Zero;
}
