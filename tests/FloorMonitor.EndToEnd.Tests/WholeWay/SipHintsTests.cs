using FloorMonitor.EndToEnd.Tests.Lab;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>A real Asterisk seen through its PJSIP hints: alone, and as a second source beside its own manager interface.</summary>
public sealed class SipHintsTests
{
    private const string WatchUser = "watch", WatchSecret = "watch-secret";

    [Fact]
    public async Task Alone_the_notes_of_presence_sign_in_and_tell_a_phone_that_is_gone_from_one_that_is_idle()
    {
        await using var pbx = await RealAsterisk.StartAsync();
        await using var phones = new Phones(pbx.SipPort);
        await phones.AnswerAsync("1001", ringMs: 1500);
        await phones.RegisterAsync("1002");
        await using var floor = await FloorService.StartForAsync([Entry(pbx, "packages: [dialog, presence]")]);
        await floor.UntilAsync(seen => seen.Agent("li").State == "available" && seen.Agent("wang").State == "available", "both phones to be there");
        // To the dialog package an idle phone and one that was never registered are the same "terminated".
        var absent = (await floor.FloorAsync(TestContext.Current.CancellationToken)).Agent("zhang");
        Assert.Equal(("signedOut", "unreachable", "presence"), (absent.State, absent.Phones[0].State, absent.Phones[0].Word));

        var channel = await RingAsync(pbx, "1001");
        Assert.Equal(("ringing", "dialog"), (await floor.UntilAgentAsync("li", "ringing")).Phones.Select(phone => (phone.State, phone.Word)).Single());
        await floor.UntilAsync(seen => seen.Agent("li") is { State: "onCall", Call.Answered: true }, "the call to be answered");
        await pbx.HangUpAsync(channel);
        await floor.UntilAgentAsync("li", "available");

        await phones.UnregisterAsync("1002");
        var gone = await floor.UntilAgentAsync("wang", "unreachable");
        Assert.Equal("presence", gone.Phones[0].Word);
    }

    [Fact]
    public async Task Beside_AMI_nobody_is_signed_in_twice_no_call_is_two_and_what_the_sources_differ_in_is_said()
    {
        const string agents = """
            id,name,team,interface,pin
            li,李伟,A,PJSIP/1001,
            wang,王芳,A,Local/1002@inside/n,
            zhang,张敏,B,PJSIP/1003,

            """;
        await using var pbx = await RealAsterisk.StartAsync();
        await using var phones = new Phones(pbx.SipPort);
        await phones.AnswerAsync("1001", ringMs: 1000);
        await phones.RegisterAsync("1002");
        await using var floor = await FloorService.StartForAsync(
            [
                $"{{name: pbx, kind: ami, host: 127.0.0.1, port: {pbx.AmiPort}, username: {RealAsterisk.MonitorUser}, secret: {RealAsterisk.MonitorSecret}}}",
                Entry(pbx, "packages: [dialog, presence], beside: pbx"),
            ],
            agents: agents);
        var before = await floor.UntilAsync(seen => seen.Agent("li").Phones.Any(phone => phone.State == "idle"), "the second source");
        Assert.All(before.Agents, agent => Assert.Equal("signedOut", agent.State));
        Assert.DoesNotContain(before.Queues, queue => queue.Name == "phones");

        foreach (var member in new[] { "PJSIP/1001", "Local/1002@inside/n" })
            Assert.Contains("Added", await pbx.CliAsync($"queue add member {member} to support"), StringComparison.Ordinal);
        await floor.UntilAsync(seen => seen.Totals.SignedIn == 2 && seen.Agent("li").State == "available", "two to be signed in");

        // A queue's call: told by the switch alone, though the second source sees the phone ring and talk too.
        await pbx.CliAsync("queue pause member Local/1002@inside/n");
        var caller = await pbx.CallAsync("600", "13800001234");
        var talking = await floor.UntilAsync(seen => seen.Agent("li") is { State: "onCall", Call.Queue: "support" } && seen.Agent("li").Phones[0].State == "inUse", "the call in both eyes");
        Assert.Equal((1, 1), (talking.Totals.OnCall, talking.Queue("support").Answered));
        await pbx.HangUpAsync(caller);
        await floor.UntilAsync(seen => seen.Agent("li") is { State: "available", Call: null } && seen.Agent("li").Phones[0].State == "idle", "the end in both eyes");

        // To its queue a Local member is idle whatever its phone does; the hint knows better, and the desk is told of the difference.
        await pbx.CliAsync("queue unpause member Local/1002@inside/n");
        await phones.UnregisterAsync("1002");
        var gone = await floor.UntilAgentAsync("wang", "unreachable");
        Assert.NotNull(gone.Phones[0].DisagreesSince);
        var told = await floor.UntilAsync(seen => seen.Notes.Any(note => note.Key == "phones"), "the desk to be told");
        Assert.Contains("王芳 (pbx: idle; sip: unreachable)", told.Notes.Single(note => note.Key == "phones").Text.En, StringComparison.Ordinal);
        await phones.RegisterAsync("1002");
        await floor.UntilAsync(seen => seen.Agent("wang").State == "available" && seen.Notes.All(note => note.Key != "phones"), "the sources to agree again");
    }

    [Fact]
    public async Task A_text_goes_through_the_dialplan_to_a_phone()
    {
        await using var pbx = await RealAsterisk.StartAsync();
        await using var phones = new Phones(pbx.SipPort);
        var file = await phones.AwaitTextAsync("1004");
        using var account = new SipUserAgent(
            new SipUserAgentOptions("sip", new SipTarget(SipProtocol.Udp, "127.0.0.1", pbx.SipPort), WatchUser, "127.0.0.1", WatchSecret), TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = account.RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(account.Link.Up), "the account to be up");
        var sent = await account.SendMessageAsync("1004", "排队 6 人,请支援", null, stop.Token);
        Assert.True(sent.Outcome is SipDeliveryOutcome.Accepted or SipDeliveryOutcome.Delivered, sent.ToString());
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(file) && File.ReadAllText(file).Contains("排队 6 人,请支援", StringComparison.Ordinal)), "the text to be at the phone");
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private static string Entry(RealAsterisk pbx, string more) =>
        $"{{name: sip, kind: sip, host: 127.0.0.1, port: {pbx.SipPort}, username: {WatchUser}, secret: {WatchSecret}, {more}}}";

    private static async Task<string> RingAsync(RealAsterisk pbx, string seat)
    {
        var mark = pbx.Driver.Heard.Count;
        var answer = await pbx.Driver.AskAsync("Originate",
            ("Channel", "Local/s@caller/n"), ("Context", "inside"), ("Exten", seat), ("Priority", "1"), ("CallerID", "\"13800001234\" <13800001234>"), ("Async", "true"));
        Assert.True(answer.Response == "Success", answer.ToString());
        var dialed = await pbx.Driver.EventAsync("DialBegin", packet => packet["DestChannel"].StartsWith($"PJSIP/{seat}-", StringComparison.Ordinal), mark);
        return dialed["Channel"];
    }
}
