namespace FloorMonitor.Pbx.Simulated;

/// <summary>The queue actions and the command line.</summary>
internal sealed partial class AmiActions
{
    private AmiReply QueueAdd(AmiRequest request)
    {
        var id = request.ActionId;
        if (request.Get("Queue") is not { Length: > 0 } queueName) return AmiReply.Error(id, "'Queue' not specified.");
        if (request.Get("Interface") is not { Length: > 0 } address) return AmiReply.Error(id, "'Interface' not specified.");
        if (pbx.FindQueue(queueName) is not { } queue) return AmiReply.Error(id, "Unable to add interface to queue: No such queue");
        _ = int.TryParse(request.GetOr("Penalty", "0"), out var penalty);
        var paused = IsTrue(request.GetOr("Paused", "0"));
        return pbx.AddMember(queue, address, request.Get("MemberName"), Math.Max(0, penalty), dynamic: true, paused, request.GetOr("Reason", "")) is null
            ? AmiReply.Error(id, "Unable to add interface: Already there")
            : AmiReply.Success(id, "Added interface to queue");
    }

    private AmiReply QueueRemove(AmiRequest request)
    {
        var id = request.ActionId;
        if (request.Get("Queue") is not { Length: > 0 } queueName || request.Get("Interface") is not { Length: > 0 } address)
            return AmiReply.Error(id, "Need 'Queue' and 'Interface' parameters.");
        if (pbx.FindQueue(queueName) is not { } queue) return AmiReply.Error(id, "Unable to remove interface from queue: No such queue");
        if (SimulatedSwitch.FindMember(queue, address) is not { } member) return AmiReply.Error(id, "Unable to remove interface: Not there");
        if (!member.Dynamic) return AmiReply.Error(id, "Member not dynamic");
        pbx.RemoveMember(member);
        return AmiReply.Success(id, "Removed interface from queue");
    }

    private AmiReply QueuePause(AmiRequest request)
    {
        var id = request.ActionId;
        if (request.Get("Interface") is not { Length: > 0 } address || request.Get("Paused") is not { Length: > 0 } word)
            return AmiReply.Error(id, "Need 'Interface' and 'Paused' parameters.");
        var paused = IsTrue(word);
        var members = MembersAt(address, request.Get("Queue"));
        if (members.Count == 0) return AmiReply.Error(id, "Interface not found");
        foreach (var member in members) pbx.Pause(member, paused, request.GetOr("Reason", ""));
        return AmiReply.Success(id, paused ? "Interface paused successfully" : "Interface unpaused successfully");
    }

    private AmiReply QueuePenalty(AmiRequest request)
    {
        var id = request.ActionId;
        if (request.Get("Interface") is not { Length: > 0 } address || request.Get("Penalty") is not { Length: > 0 } word)
            return AmiReply.Error(id, "Need 'Interface' and 'Penalty' parameters.");
        var members = MembersAt(address, request.Get("Queue"));
        if (members.Count == 0 || !int.TryParse(word, out var penalty) || penalty < 0)
            return AmiReply.Error(id, "Invalid interface, queuename or penalty");
        foreach (var member in members) pbx.SetPenalty(member, penalty);
        return AmiReply.Success(id, "Interface penalty set successfully");
    }

    private AmiReply QueueReset(AmiRequest request)
    {
        foreach (var queue in pbx.QueueList)
            if (request.GetOr("Queue", queue.Name) == queue.Name) queue.ResetCounts();
        return AmiReply.Success(request.ActionId, "Queue stats reset successfully");
    }

    /// <summary>The command line, as far as a monitor and its tests use it; the rest is no such command.</summary>
    private AmiReply Command(AmiRequest request)
    {
        var id = request.ActionId;
        if (request.Get("Command") is not { Length: > 0 } command) return AmiReply.Error(id, "No command provided");
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["queue", "show"] => Output(id, SwitchReports.QueueShow(pbx, null) ?? []),
            ["queue", "show", var name] => Output(id, SwitchReports.QueueShow(pbx, name) ?? [$"No such queue: {name}."]),
            ["queue", "add", "member", var address, "to", var queue, ..] => CliAdd(id, address, queue),
            ["queue", "remove", "member", var address, "from", var queue] => CliRemove(id, address, queue),
            ["queue", "pause" or "unpause", "member", var address, .. var rest] => CliPause(id, words[1] == "pause", address, rest),
            ["core", "show", "uptime"] => Output(id, [$"System uptime: {(int)(pbx.Now - pbx.StartedAt).TotalSeconds} seconds", $"Last reload: {(int)(pbx.Now - pbx.StartedAt).TotalSeconds} seconds"]),
            _ => Output(id, [$"No such command '{command}' (type 'core show help {command}' for other possible commands)"], "Error"),
        };
    }

    private AmiReply CliAdd(string? id, string address, string queueName)
    {
        if (pbx.FindQueue(queueName) is not { } queue) return Output(id, [$"Unable to add interface to queue '{queueName}': No such queue"]);
        return pbx.AddMember(queue, address, null, 0, dynamic: true, paused: false, "") is null
            ? Output(id, [$"Unable to add interface '{address}' to queue '{queueName}': Already there"])
            : Output(id, [$"Added interface '{address}' to queue '{queueName}'"]);
    }

    private AmiReply CliRemove(string? id, string address, string queueName)
    {
        if (pbx.FindQueue(queueName) is not { } queue || SimulatedSwitch.FindMember(queue, address) is not { } member)
            return Output(id, [$"Unable to remove interface '{address}' from queue '{queueName}': Not there"]);
        if (!member.Dynamic) return Output(id, [$"Unable to remove interface '{address}' from queue '{queueName}': Member is not dynamic"]);
        pbx.RemoveMember(member);
        return Output(id, [$"Removed interface {address} from queue '{queueName}'"]);
    }

    private AmiReply CliPause(string? id, bool paused, string address, string[] rest)
    {
        string? queue = null, reason = null;
        for (var i = 0; i + 1 < rest.Length; i += 2)
        {
            if (rest[i] == "queue") queue = rest[i + 1];
            if (rest[i] == "reason") reason = rest[i + 1];
        }

        var members = MembersAt(address, queue);
        var what = $"interface '{address}'{(queue is null ? "" : $" in queue '{queue}'")}{(reason is null ? "" : $" for reason '{reason}'")}";
        if (members.Count == 0) return Output(id, [$"Unable to {(paused ? "pause" : "unpause")} {what}"]);
        foreach (var member in members) pbx.Pause(member, paused, reason ?? "");
        return Output(id, [$"{(paused ? "paused" : "unpaused")} {what}"]);
    }

    private List<SimMember> MembersAt(string address, string? queueName)
    {
        var found = new List<SimMember>();
        foreach (var queue in pbx.QueueList)
            if ((string.IsNullOrEmpty(queueName) || queue.Name == queueName) && SimulatedSwitch.FindMember(queue, address) is { } member) found.Add(member);
        return found;
    }

    private static AmiReply Output(string? id, List<string> lines, string response = "Success")
    {
        var text = AmiText.Response(response, id).Line("Message", "Command output follows");
        foreach (var line in lines) text.Line("Output", line);
        return AmiReply.Of(text.End());
    }

    // Asterisk's ast_true.
    private static bool IsTrue(string word) => word.ToUpperInvariant() is "YES" or "TRUE" or "Y" or "T" or "1" or "ON";
}
