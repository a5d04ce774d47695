using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.Conformance;

/// <summary>
/// What the monitor relies on of a manager interface, asked of every switch that claims to speak it: the real Asterisk says
/// what is so, and the simulated one must say the same.
/// </summary>
public abstract partial class AmiConformanceTests
{
    /// <summary>A fresh switch whose agents take calls, or let them ring out.</summary>
    protected abstract Task<ISwitchUnderTest> StartAsync(bool agentsAnswer);

    [Fact]
    public async Task The_banner_names_the_interface_and_its_version()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await AmiClient.ConnectAsync(pbx.Port, TestContext.Current.CancellationToken);
        Assert.Matches(@"^Asterisk Call Manager/\d+\.\d+\.\d+$", ami.Banner);
    }

    [Fact]
    public async Task A_plain_login_is_accepted_and_the_boot_is_told()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await AmiClient.ConnectAsync(pbx.Port, TestContext.Current.CancellationToken);
        var answer = await ami.AskAsync("Login", ("Username", pbx.User), ("Secret", pbx.Secret));
        Assert.Equal("Success", answer.Response);
        Assert.Equal("Authentication accepted", answer["Message"]);
        var booted = await ami.EventAsync("FullyBooted");
        Assert.Equal(["Event", "Privilege", "Uptime", "LastReload", "Status"], booted.Names);
        Assert.Equal("Fully Booted", booted["Status"]);
    }

    [Fact]
    public async Task A_login_by_challenge_is_accepted()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await AmiClient.ConnectAsync(pbx.Port, TestContext.Current.CancellationToken);
        var challenge = await ami.AskAsync("Challenge", ("AuthType", "MD5"));
        Assert.Equal("Success", challenge.Response);
        Assert.NotEmpty(challenge["Challenge"]);
        var answer = await ami.AskAsync("Login", ("AuthType", "MD5"), ("Username", pbx.User), ("Key", AmiClient.Md5(challenge["Challenge"], pbx.Secret)));
        Assert.Equal("Authentication accepted", answer["Message"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wrong_secret_is_refused_and_the_link_closed(bool byChallenge)
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await AmiClient.ConnectAsync(pbx.Port, TestContext.Current.CancellationToken);
        (string, string)[] headers = [("Username", pbx.User), ("Secret", "wrong")];
        if (byChallenge)
        {
            var challenge = await ami.AskAsync("Challenge", ("AuthType", "MD5"));
            headers = [("AuthType", "MD5"), ("Username", pbx.User), ("Key", AmiClient.Md5(challenge["Challenge"], "wrong"))];
        }

        var answer = await ami.AskAsync("Login", headers);
        Assert.Equal(("Error", "Authentication failed"), (answer.Response, answer["Message"]));
        await ami.ClosedAsync();
    }

    [Fact]
    public async Task Nothing_is_done_before_the_login()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await AmiClient.ConnectAsync(pbx.Port, TestContext.Current.CancellationToken);
        var answer = await ami.AskAsync("QueueStatus");
        Assert.Equal(("Error", "Permission denied"), (answer.Response, answer["Message"]));
    }

    [Fact]
    public async Task A_ping_is_answered()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        var pong = await ami.AskAsync("Ping");
        Assert.Equal(["Response", "ActionID", "Ping", "Timestamp"], pong.Names);
        Assert.Equal("Pong", pong["Ping"]);
    }

    [Fact]
    public async Task An_unknown_action_is_an_error_and_the_link_stays()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        var answer = await ami.AskAsync("MakeCoffee");
        Assert.Equal("Error", answer.Response);
        Assert.StartsWith("Invalid/unknown command", answer["Message"], StringComparison.Ordinal);
        Assert.Equal("Pong", (await ami.AskAsync("Ping"))["Ping"]);
    }

    [Fact]
    public async Task Action_and_header_names_are_read_without_regard_to_case()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await ami.SendRawAsync("aCTION: pING\r\nactionid: low\r\n\r\n");
        Assert.Equal("Pong", (await ami.HearAsync(packet => packet["ActionID"] == "low", "the answer"))["Ping"]);
    }

    [Fact]
    public async Task A_logoff_is_answered_and_the_link_closed()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        var answer = await ami.AskAsync("Logoff");
        Assert.Equal("Goodbye", answer.Response);
        await ami.ClosedAsync();
    }

    [Fact]
    public async Task The_core_says_when_it_started()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        var status = await ami.AskAsync("CoreStatus");
        Assert.Equal(
            ["Response", "ActionID", "CoreStartupDate", "CoreStartupTime", "CoreReloadDate", "CoreReloadTime", "CoreCurrentCalls", "CoreProcessedCalls"],
            status.Names);
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", status["CoreStartupDate"]);
        Assert.Matches(@"^\d\d:\d\d:\d\d$", status["CoreStartupTime"]);
    }

    [Fact]
    public async Task Only_the_classes_of_the_event_mask_are_told()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await using var deaf = await pbx.SignInAsync();
        await using var agents = await pbx.SignInAsync();
        var answer = await deaf.AskAsync("Events", ("EventMask", "off"));
        Assert.Equal(("Success", "Off"), (answer.Response, answer["Events"]));
        Assert.Equal("On", (await agents.AskAsync("Events", ("EventMask", "agent")))["Events"]);
        int deafMark = deaf.Heard.Count, agentsMark = agents.Heard.Count;
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent));
        await agents.EventAsync("QueueMemberAdded", after: agentsMark);
        // An answer comes after what was to be told before it.
        await deaf.AskAsync("Ping");
        Assert.DoesNotContain(deaf.Heard.Skip(deafMark), packet => packet.Event.Length > 0);
        Assert.DoesNotContain(agents.Heard.Skip(agentsMark), packet => packet.Event is "DeviceStateChange");
    }

    [Fact]
    public async Task A_filter_keeps_events_away_or_lets_only_some_through()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await using var without = await pbx.SignInAsync();
        await using var only = await pbx.SignInAsync();
        await without.DoAsync("Filter", ("Operation", "Add"), ("Filter", "!Event: DeviceStateChange"));
        await only.DoAsync("Filter", ("Operation", "Add"), ("Filter", "Event: QueueMemberPause"));
        int withoutMark = without.Heard.Count, onlyMark = only.Heard.Count;
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent));
        await ami.DoAsync("QueuePause", ("Interface", pbx.Agent), ("Paused", "true"));
        await without.EventAsync("QueueMemberPause", after: withoutMark);
        await only.EventAsync("QueueMemberPause", after: onlyMark);
        Assert.Contains(without.Heard.Skip(withoutMark), packet => packet.Event == "QueueMemberAdded");
        Assert.DoesNotContain(without.Heard.Skip(withoutMark), packet => packet.Event == "DeviceStateChange");
        Assert.All(only.Heard.Skip(onlyMark), packet => Assert.Equal("QueueMemberPause", packet.Event));
    }

    [Fact]
    public async Task The_console_shows_the_queues()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent), ("MemberName", "李伟"), ("Paused", "true"), ("Reason", "meal"));
        var answer = await ami.AskAsync("Command", ("Command", "queue show support"));
        Assert.Equal("Command output follows", answer["Message"]);
        var queue = QueueShow.Parse(string.Join('\n', answer.All("Output")))["support"];
        var member = Assert.Single(queue.Members);
        Assert.Equal(("李伟", pbx.Agent, true, 0), (member.Name, member.Address, member.Paused, queue.Callers));
    }
}
