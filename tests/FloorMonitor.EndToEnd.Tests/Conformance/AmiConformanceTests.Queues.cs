using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.Conformance;

/// <summary>Members come, pause and go; what is said of queues and callers.</summary>
public abstract partial class AmiConformanceTests
{
    private static readonly string[] s_memberEvent =
    [
        "Event", "Privilege", "Queue", "MemberName", "Interface", "StateInterface", "Membership", "Penalty", "CallsTaken", "LastCall",
        "LastPause", "LoginTime", "InCall", "Status", "Paused", "PausedReason", "Ringinuse", "Wrapuptime",
    ];

    [Fact]
    public async Task The_queue_status_lists_queues_members_and_callers()
    {
        await using var pbx = await StartAsync(agentsAnswer: false);
        await using var ami = await pbx.SignInAsync();
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent), ("MemberName", "张: 敏"), ("Penalty", "3"));
        // The caller waits for somebody who is paused.
        await ami.DoAsync("QueuePause", ("Interface", pbx.Agent), ("Paused", "true"), ("Reason", "short"));
        var joined = await ami.CallAsync(pbx, "support", "13800001234");
        var list = await ami.ListAsync("QueueStatus");

        Assert.Equal(["Response", "ActionID", "EventList", "Message"], list[0].Names);
        Assert.Equal(("Success", "start"), (list[0].Response, list[0]["EventList"]));
        var queue = Assert.Single(list, packet => packet.Event == "QueueParams" && packet["Queue"] == "support");
        Assert.Equal(
            [
                "Event", "Queue", "Max", "Strategy", "Calls", "Holdtime", "TalkTime", "Completed", "Abandoned", "ServiceLevel",
                "ServicelevelPerf", "ServicelevelPerf2", "Weight", "ActionID",
            ],
            queue.Names);
        Assert.Equal("1", queue["Calls"]);
        var member = Assert.Single(list, packet => packet.Event == "QueueMember" && packet["Queue"] == "support");
        Assert.Equal(
            [
                "Event", "Queue", "Name", "Location", "StateInterface", "Membership", "Penalty", "CallsTaken", "LastCall", "LastPause",
                "LoginTime", "InCall", "Status", "Paused", "PausedReason", "Wrapuptime", "ActionID",
            ],
            member.Names);
        Assert.Equal(("张: 敏", pbx.Agent, "dynamic", "3"), (member["Name"], member["Location"], member["Membership"], member["Penalty"]));
        Assert.Equal(("1", "short"), (member["Paused"], member["PausedReason"]));
        var entry = Assert.Single(list, packet => packet.Event == "QueueEntry");
        Assert.Equal(
            [
                "Event", "Queue", "Position", "Channel", "Uniqueid", "CallerIDNum", "CallerIDName", "ConnectedLineNum", "ConnectedLineName",
                "Wait", "Priority", "ActionID",
            ],
            entry.Names);
        Assert.Equal((joined["Uniqueid"], "13800001234", "1"), (entry["Uniqueid"], entry["CallerIDNum"], entry["Position"]));
        var end = list[^1];
        Assert.Equal(["Event", "ActionID", "EventList", "ListItems"], end.Names);
        Assert.Equal("QueueStatusComplete", end.Event);
        Assert.Equal(list.Count - 2, int.Parse(end["ListItems"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_status_of_one_queue_is_that_queues_alone()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        var list = await ami.ListAsync("QueueStatus", ("Queue", "sales"));
        Assert.Equal("sales", Assert.Single(list, packet => packet.Event == "QueueParams")["Queue"]);
    }

    [Fact]
    public async Task A_member_comes_pauses_pauses_again_comes_back_and_goes()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        var mark = ami.Heard.Count;
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent), ("MemberName", "Li Wei"), ("Penalty", "2"));
        var added = await ami.EventAsync("QueueMemberAdded", after: mark);
        Assert.Equal(s_memberEvent, added.Names);
        Assert.Equal(("support", "Li Wei", pbx.Agent, "2", "0", ""), (added["Queue"], added["MemberName"], added["Interface"], added["Penalty"], added["Paused"], added["PausedReason"]));
        Assert.NotEqual("0", added["LoginTime"]);

        await ami.DoAsync("QueuePause", ("Queue", "support"), ("Interface", pbx.Agent), ("Paused", "true"), ("Reason", "short"));
        var paused = await ami.EventAsync("QueueMemberPause", packet => packet["Paused"] == "1", mark);
        Assert.Equal(s_memberEvent, paused.Names);
        Assert.Equal("short", paused["PausedReason"]);

        // Pausing again for the same reason is told, and moves LastPause.
        var again = ami.Heard.Count;
        await Eventually.HoldsAsync(
            async () =>
            {
                await ami.DoAsync("QueuePause", ("Queue", "support"), ("Interface", pbx.Agent), ("Paused", "true"), ("Reason", "short"));
                var told = await ami.EventAsync("QueueMemberPause", after: again);
                again = ami.Heard.Count;
                return long.Parse(told["LastPause"], System.Globalization.CultureInfo.InvariantCulture) > long.Parse(paused["LastPause"], System.Globalization.CultureInfo.InvariantCulture);
            },
            "LastPause to move");

        await ami.DoAsync("QueuePause", ("Queue", "support"), ("Interface", pbx.Agent), ("Paused", "false"), ("Reason", "back"));
        var back = await ami.EventAsync("QueueMemberPause", packet => packet["Paused"] == "0", mark);
        Assert.Equal(added["LoginTime"], back["LoginTime"]);

        await ami.DoAsync("QueueRemove", ("Queue", "support"), ("Interface", pbx.Agent));
        var gone = await ami.EventAsync("QueueMemberRemoved", after: mark);
        Assert.Equal(s_memberEvent, gone.Names);
        Assert.Equal(pbx.Agent, gone["Interface"]);
    }

    [Fact]
    public async Task A_pause_without_a_queue_pauses_in_every_queue()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent));
        await ami.DoAsync("QueueAdd", ("Queue", "sales"), ("Interface", pbx.Agent), ("Paused", "false"));
        var mark = ami.Heard.Count;
        await ami.DoAsync("QueuePause", ("Interface", pbx.Agent), ("Paused", "true"), ("Reason", "meal"));
        foreach (var queue in new[] { "support", "sales" })
            Assert.Equal("meal", (await ami.EventAsync("QueueMemberPause", packet => packet["Queue"] == queue, mark))["PausedReason"]);
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_in_the_same_words()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent));
        async Task RefusedAsync(string message, string action, params (string, string)[] headers)
        {
            var answer = await ami.AskAsync(action, headers);
            Assert.Equal(("Error", message), (answer.Response, answer["Message"]));
        }

        await RefusedAsync("Unable to add interface: Already there", "QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent));
        await RefusedAsync("Unable to add interface to queue: No such queue", "QueueAdd", ("Queue", "nowhere"), ("Interface", pbx.Agent));
        await RefusedAsync("'Interface' not specified.", "QueueAdd", ("Queue", "support"));
        await RefusedAsync("Unable to remove interface: Not there", "QueueRemove", ("Queue", "sales"), ("Interface", pbx.Agent));
        await RefusedAsync("Unable to remove interface from queue: No such queue", "QueueRemove", ("Queue", "nowhere"), ("Interface", pbx.Agent));
        await RefusedAsync("Need 'Queue' and 'Interface' parameters.", "QueueRemove", ("Queue", "support"));
        await RefusedAsync("Interface not found", "QueuePause", ("Interface", "PJSIP/9999"), ("Paused", "true"));
        await RefusedAsync("Need 'Interface' and 'Paused' parameters.", "QueuePause", ("Interface", pbx.Agent));
    }
}
