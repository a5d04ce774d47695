using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.EndToEnd.Tests.Lab;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>A floor without AMI: a real Kamailio, phones and calls by sipp, and the service in its own process.</summary>
public sealed class SipFloorTests
{
    private const string Agents = """
        id,name,team,interface,pin
        li,李伟,A,1001,
        wang,王芳,A,sip:1002@127.0.0.1,
        zhang,张敏,B,PJSIP/1003,

        """;

    [Theory]
    [InlineData("udp", "MD5")]
    [InlineData("udp", "SHA-256")]
    [InlineData("tcp", "MD5")]
    [InlineData("tcp", "SHA-256")]
    [InlineData("tls", "MD5")]
    [InlineData("tls", "SHA-256")]
    public async Task Registered_phones_sign_in_and_a_real_call_rings_is_talked_and_ends_over(string transport, string algorithm)
    {
        await using var pbx = await RealKamailio.StartAsync(algorithm);
        await using var phones = new Phones(pbx.SipPort);
        await phones.AnswerAsync("1001", ringMs: 1500);
        await using var floor = await FloorService.StartForAsync([pbx.Entry(transport)], agents: Agents);
        var li = await floor.UntilAgentAsync("li", "available");
        Assert.Equal(["phones"], li.Queues);

        // Who registers while it is watched signs in at that moment.
        Assert.Equal("signedOut", (await floor.FloorAsync(TestContext.Current.CancellationToken)).Agent("wang").State);
        await phones.RegisterAsync("1002");
        await floor.UntilAgentAsync("wang", "available");

        var call = phones.Dial("1002", "1001", TimeSpan.FromSeconds(2));
        var ringing = await floor.UntilAgentAsync("li", "ringing");
        Assert.Equal(("internal", "****02", false), (ringing.Call!.Direction, ringing.Call.Party, ringing.Call.Answered));
        var talking = await floor.UntilAsync(seen => seen.Agent("li").State == "onCall" && seen.Agent("wang").Call is { Answered: true }, "both to talk");
        Assert.Equal(2, talking.Totals.InternalCalls);
        Assert.Equal(0, await call.EndAsync(TimeSpan.FromSeconds(20)));
        await floor.UntilAsync(seen => seen.Agent("li").State == "available" && seen.Agent("wang").State == "available", "both to be free again");

        await phones.UnregisterAsync("1001");
        var gone = await floor.UntilAgentAsync("li", "unreachable");
        Assert.Equal(("unreachable", "reg"), (gone.Phones[0].State, gone.Phones[0].Word));
        Assert.Equal(li.SignedInAt, gone.SignedInAt);
        Assert.Equal(0, await floor.StopAsync());
    }

    [Fact]
    public async Task A_break_by_the_gate_and_a_sign_out_outlive_the_monitor_and_the_PBX()
    {
        await using var pbx = await RealKamailio.StartAsync();
        await using var phones = new Phones(pbx.SipPort);
        foreach (var seat in new[] { "1001", "1002", "1003" }) await phones.RegisterAsync(seat);
        await using var floor = await FloorService.StartForAsync([pbx.Entry("udp")], agents: Agents);
        await floor.UntilAsync(seen => seen.Totals.Available == 3, "all three to be available");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(floor, "li", "break", new { kind = "short" }));
        var taken = await floor.UntilAgentAsync("li", "onBreak");
        Assert.Equal("short", taken.Break!.Kind);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(floor, "wang", "sign-out", new { }));
        await floor.UntilAgentAsync("wang", "signedOut");

        await floor.KillAsync();
        await floor.AgainAsync();
        var again = await floor.UntilAsync(seen => seen.IsSynced && seen.Agent("zhang").State == "available", "the floor to be back");
        Assert.Equal(("onBreak", taken.Break.Since), (again.Agent("li").State, again.Agent("li").Break!.Since));
        // The gap counts for nobody: the limit lies that much later, because no PBX vouches for the break (RULEBOOK example 5).
        Assert.True(again.Agent("li").Break!.EndsAt > taken.Break.EndsAt, again.ToString());
        Assert.Equal("signedOut", again.Agent("wang").State);

        // The PBX goes away and forgets everything: nobody is blamed, and what the monitor keeps is kept.
        await pbx.DownAsync();
        await floor.UntilAsync(seen => seen.Feeds[0].State == "lost" && seen.Agent("li").State == "unknown", "the PBX to be missed", TimeSpan.FromSeconds(60));
        await pbx.UpAsync();
        foreach (var seat in new[] { "1001", "1002", "1003" }) await phones.RegisterAsync(seat);
        var back = await floor.UntilAsync(seen => seen.IsSynced && seen.Agent("zhang").State == "available" && seen.Agent("li").State == "onBreak", "everybody to be as they were", TimeSpan.FromSeconds(60));
        Assert.Equal((taken.Break.Since, "signedOut"), (back.Agent("li").Break!.Since, back.Agent("wang").State));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(floor, "li", "resume", new { }));
        await floor.UntilAgentAsync("li", "available");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(floor, "wang", "sign-in", new { }));
        await floor.UntilAgentAsync("wang", "available");
    }

    [Fact]
    public async Task A_text_reaches_a_leads_phone_in_Chinese_and_an_absent_one_is_told_of()
    {
        await using var pbx = await RealKamailio.StartAsync();
        await using var phones = new Phones(pbx.SipPort);
        var file = await phones.AwaitTextAsync("1009");
        using var account = new SipUserAgent(
            new SipUserAgentOptions("sip", new SipTarget(SipProtocol.Udp, "127.0.0.1", pbx.SipPort), RealKamailio.MonitorUser, "127.0.0.1", RealKamailio.MonitorSecret),
            TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = account.RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(account.Link.Up), "the account to be up");
        var sent = await account.SendMessageAsync("1009", "王芳 小休超时 2 分钟(三·一·3.2)", null, stop.Token);
        Assert.True(sent.Outcome == SipDeliveryOutcome.Delivered, sent.ToString());
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(file) && File.ReadAllText(file).Contains("王芳 小休超时 2 分钟(三·一·3.2)", StringComparison.Ordinal)), "the text to be at the phone");
        var absent = await account.SendMessageAsync("1010", "hello", null, stop.Token);
        Assert.Equal((SipDeliveryOutcome.Refused, "404 Not Found"), (absent.Outcome, absent.Answer));
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task What_a_lead_writes_reaches_the_phone_through_a_real_PBX_and_the_desk_sees_what_the_PBX_says()
    {
        await using var pbx = await RealKamailio.StartAsync();
        await using var phones = new Phones(pbx.SipPort);
        var file = await phones.AwaitTextAsync("1001");
        await using var floor = await FloorService.StartForAsync(
            [pbx.Entry("udp")], agents: Agents, alerts: "channels: {sip: }\nretry: {attempts: 3, first: 100ms, most: 200ms}\n");
        await floor.UntilAgentAsync("li", "available");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(floor, "li", "message", new { text = "请到 3 号会议室", by = "wang" }));
        await Eventually.HoldsAsync(async () => await PhoneOfAsync(floor, "li") is { } phone && (string)phone["state"]! == "delivered", "the phone to have it");
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(file) && File.ReadAllText(file).Contains("王芳: 请到 3 号会议室", StringComparison.Ordinal)), "the text to be at the phone");
        // Nobody is registered at 1003.
        Assert.Equal(HttpStatusCode.OK, await AskAsync(floor, "zhang", "message", new { text = "hello", by = "wang" }));
        await Eventually.HoldsAsync(async () => await PhoneOfAsync(floor, "zhang") is { } phone && (string)phone["state"]! == "failed", "the PBX to say no");
        Assert.Equal("404 Not Found", (string)(await PhoneOfAsync(floor, "zhang"))!["said"]!);
    }

    private static async Task<JsonNode?> PhoneOfAsync(FloorService floor, string agent)
    {
        var seen = (await floor.Http.GetFromJsonAsync<JsonObject>("/api/floor", TestContext.Current.CancellationToken))!;
        return seen["agents"]!.AsArray().Single(one => (string)one!["id"]! == agent)!["messages"]!.AsArray().LastOrDefault()?["phone"];
    }

    private static async Task<HttpStatusCode> AskAsync(FloorService floor, string agent, string what, object body)
    {
        using var answer = await floor.Http.PostAsJsonAsync($"/api/agents/{agent}/{what}", body, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
