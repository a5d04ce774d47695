using System.Globalization;
using System.Text;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>What the switch answers when asked how things are: lists of events with the asker's ActionID, and <c>queue show</c>.</summary>
internal static class SwitchReports
{
    /// <summary>QueueStatus, queue by queue: the real one looks at each queue when it comes to it, so this is told lazily.</summary>
    public static IEnumerable<string> QueueStatus(SimulatedSwitch pbx, string? id, string? queueName, string? memberAddress)
    {
        yield return AmiText.Response("Success", id).Line("EventList", "start").Line("Message", "Queue status will follow").End();
        var items = 0;
        foreach (var queue in pbx.QueueList)
        {
            if (!string.IsNullOrEmpty(queueName) && queue.Name != queueName) continue;
            var text = new StringBuilder();
            items += QueueOf(text, pbx, queue, id, memberAddress);
            yield return text.ToString();
        }

        yield return Complete("QueueStatusComplete", id, items);
    }

    private static int QueueOf(StringBuilder text, SimulatedSwitch pbx, SimQueue queue, string? id, string? memberAddress)
    {
        var items = 1;
        text.Append(new AmiText().Line("Event", "QueueParams")
            .Line("Queue", queue.Name)
            .Line("Max", 0)
            .Line("Strategy", queue.Strategy)
            .Line("Calls", queue.Waiting.Count)
            .Line("Holdtime", queue.HoldTime)
            .Line("TalkTime", queue.TalkTime)
            .Line("Completed", queue.Completed)
            .Line("Abandoned", queue.Abandoned)
            .Line("ServiceLevel", queue.ServiceLevel)
            .Line("ServicelevelPerf", Share(queue.Level))
            .Line("ServicelevelPerf2", Share(queue.Level2))
            .Line("Weight", 0)
            .Id(id).End());
        foreach (var member in queue.Members)
        {
            if (!string.IsNullOrEmpty(memberAddress) && member.Device.Address != memberAddress && member.Name != memberAddress) continue;
            items++;
            text.Append(SwitchVoice.MemberFacts(
                new AmiText().Line("Event", "QueueMember").Line("Queue", queue.Name).Line("Name", member.Name).Line("Location", member.Device.Address),
                member, ringInUse: false).Id(id).End());
        }

        var position = 0;
        foreach (var call in queue.Waiting)
        {
            items++;
            text.Append(new AmiText().Line("Event", "QueueEntry")
                .Line("Queue", queue.Name)
                .Line("Position", ++position)
                .Line("Channel", call.Caller.Name)
                .Line("Uniqueid", call.Caller.Uniqueid)
                .Line("CallerIDNum", Known(call.Caller.CallerNum))
                .Line("CallerIDName", Known(call.Caller.CallerName))
                .Line("ConnectedLineNum", Known(call.Caller.ConnectedNum))
                .Line("ConnectedLineName", Known(call.Caller.ConnectedName))
                .Line("Wait", pbx.Waited(call))
                .Line("Priority", 0)
                .Id(id).End());
        }

        return items;
    }

    public static IEnumerable<string> QueueSummary(SimulatedSwitch pbx, string? id, string? queueName)
    {
        yield return AmiText.Response("Success", id).Line("EventList", "start").Line("Message", "Queue summary will follow").End();
        var items = 0;
        foreach (var queue in pbx.QueueList)
        {
            if (!string.IsNullOrEmpty(queueName) && queue.Name != queueName) continue;
            items++;
            yield return new AmiText().Line("Event", "QueueSummary")
                .Line("Queue", queue.Name)
                .Line("LoggedIn", queue.Members.Count(member => member.Device.Status is not (4 or 5)))
                .Line("Available", queue.Members.Count(member => !member.Paused && member.Device.Status == 1))
                .Line("Callers", queue.Waiting.Count)
                .Line("HoldTime", queue.HoldTime)
                .Line("TalkTime", queue.TalkTime)
                .Line("LongestHoldTime", queue.Waiting.Count == 0 ? 0 : pbx.Waited(queue.Waiting[0]))
                .Id(id).End();
        }

        yield return Complete("QueueSummaryComplete", id, items);
    }

    public static IEnumerable<string> CoreShowChannels(SimulatedSwitch pbx, string? id)
    {
        yield return AmiText.Response("Success", id).Line("EventList", "start").Line("Message", "Channels will follow").End();
        foreach (var channel in pbx.Channels.ToArray())
        {
            yield return SwitchVoice.Channel(new AmiText().Line("Event", "CoreShowChannel").Id(id), channel, "")
                .Line("Application", channel.App)
                .Line("ApplicationData", channel.AppData)
                .Line("Duration", pbx.Age(channel).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture))
                .Line("BridgeId", channel.Bridge)
                .End();
        }

        yield return Complete("CoreShowChannelsComplete", id, pbx.Channels.Count);
    }

    /// <summary>The lines of <c>queue show</c>, for one queue or all (by name, as the command line sorts them); null where there is no such queue.</summary>
    public static List<string>? QueueShow(SimulatedSwitch pbx, string? queueName)
    {
        var queues = pbx.QueueList.Where(queue => queueName is null || queue.Name == queueName).OrderBy(queue => queue.Name, StringComparer.Ordinal).ToList();
        if (queues.Count == 0) return null;
        var lines = new List<string>();
        foreach (var queue in queues)
        {
            lines.Add($"{queue.Name} has {queue.Waiting.Count} calls (max unlimited) in '{queue.Strategy}' strategy ({queue.HoldTime}s holdtime, {queue.TalkTime}s talktime), "
                + $"W:0, C:{queue.Completed}, A:{queue.Abandoned}, SL:{Share(queue.Level)}%, SL2:{Share(queue.Level2)}% within {queue.ServiceLevel}s");
            lines.Add(queue.Members.Count == 0 ? "   No Members" : "   Members: ");
            foreach (var member in queue.Members.OrderBy(member => member.Name, StringComparer.Ordinal)) lines.Add(Line(pbx, member));
            lines.Add(queue.Waiting.Count == 0 ? "   No Callers" : "   Callers: ");
            for (var i = 0; i < queue.Waiting.Count; i++)
            {
                var waited = pbx.Waited(queue.Waiting[i]);
                lines.Add($"      {i + 1}. {queue.Waiting[i].Caller.Name} (wait: {waited / 60}:{waited % 60:00}, prio: 0)");
            }

            lines.Add("");
        }

        lines.Add("");
        return lines;
    }

    private static string Line(SimulatedSwitch pbx, SimMember member)
    {
        var address = member.Device.Address;
        var text = new StringBuilder("      ");
        text.Append(member.Name == address ? address : $"{member.Name} ({address})");
        if (member.Penalty > 0) text.Append(CultureInfo.InvariantCulture, $" with penalty {member.Penalty}");
        text.Append(" (ringinuse disabled)");
        if (member.Dynamic) text.Append(" (dynamic)");
        if (member.InCall) text.Append(" (in call)");
        if (member.Paused)
            text.Append(CultureInfo.InvariantCulture, $" (paused{(member.Reason.Length == 0 ? "" : $":{member.Reason}")} was {pbx.Epoch - member.LastPause} secs ago)");
        text.Append(CultureInfo.InvariantCulture, $" ({SimDevice.StatusText(member.Device.Status)})");
        text.Append(member.CallsTaken == 0
            ? " has taken no calls yet"
            : $" has taken {member.CallsTaken} calls (last was {pbx.Epoch - member.LastCall} secs ago)");
        return text.Append(CultureInfo.InvariantCulture, $" (login was {pbx.Epoch - member.LoginTime} secs ago)").ToString();
    }

    private static string Complete(string name, string? id, int items) =>
        new AmiText().Line("Event", name).Id(id).Line("EventList", "Complete").Line("ListItems", items).End();

    private static string Share(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    // QueueEntry says "unknown" where the channel events say "<unknown>".
    private static string Known(string value) => value == "<unknown>" ? "unknown" : value;
}
