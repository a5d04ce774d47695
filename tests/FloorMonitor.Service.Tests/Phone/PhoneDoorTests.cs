using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Tests.Support;
using FloorMonitor.Tests.Agi;

namespace FloorMonitor.Service.Tests.Phone;

/// <summary>The gate by phone: the same answers as everywhere, set for the dialplan and said to the agent.</summary>
public sealed class PhoneDoorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // 1001 and 1002 are signed in for an hour; 1003 signed in just now and is in no agents.csv.
    private static async Task<(ServiceUnderTest Service, IPEndPoint Gate)> OpenAsync(string? language = null, params (string Agent, string Pin)[] pins)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var gate = (IPEndPoint)probe.LocalEndpoint;
        probe.Stop();
        var book = new PinBook();
        foreach (var (agent, pin) in pins) book.Add(agent, pin);
        var service = await ServiceUnderTest.WithAFloorAsync(config: Floors.Config() with
        {
            Phone = new(gate, [IPAddress.Loopback], language, "floor", 3, TimeSpan.FromMinutes(10)),
            Pins = book,
        });
        var feed = service.Feeds["pbx"];
        feed.Answer = (action, _) =>
        {
            if (action is SetPause { Paused: true } pause)
                feed.Say(Floors.Said(new MemberPaused(ServiceUnderTest.Now, "pbx", pause.Address.Split('/')[1], "support", pause.Reason, ServiceUnderTest.Now)));
            return Task.FromResult(new ControlResult(true, "done"));
        };
        return (service, gate);
    }

    [Fact]
    public async Task A_break_within_the_lock_is_refused_with_the_rule_the_instant_and_the_time_that_is_left_in_spoken_numbers()
    {
        var (service, gate) = await OpenAsync("zh");
        await using var _ = service;
        using var call = new FakeCall { Sounds = { "floor/zh/refused", "floor/zh/settle-in", "floor/zh/minutes" } };
        await call.RunAsync(gate, FakeCall.Request("break?kind=short", "PJSIP/1003-0000000a"), Stop);
        Assert.Equal("SET VARIABLE FLOOR_VERDICT \"refused\"", call.Orders[0]);
        Assert.Equal(("refused", "settle-in", "1003"), (call.Variables["FLOOR_VERDICT"], call.Variables["FLOOR_RULE"], call.Variables["FLOOR_AGENT"]));
        var allowedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Variables["FLOOR_ALLOWED_AT"], CultureInfo.InvariantCulture));
        Assert.InRange(allowedAt - ServiceUnderTest.Now, TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(30));
        Assert.Contains("须满 30 分钟", call.Variables["FLOOR_TEXT"], StringComparison.Ordinal);
        var said = call.Orders.Where(order => order.StartsWith("STREAM", StringComparison.Ordinal) || order.StartsWith("SAY", StringComparison.Ordinal) || order.Contains("CHANNEL", StringComparison.Ordinal)).ToList();
        Assert.Equal("SET VARIABLE CHANNEL(language) \"zh\"", said[0]);
        Assert.Equal(["STREAM FILE \"floor/zh/refused\" \"\"", "STREAM FILE \"floor/zh/settle-in\" \"\"", "STREAM FILE \"floor/zh/time-left\" \"\""], said[1..4]);
        Assert.Matches("^SAY NUMBER (29|30) \"\"$", said[4]);
        Assert.Equal("STREAM FILE \"floor/zh/minutes\" \"\"", said[5]);
        // Of a whole number of minutes no seconds are said.
        if (said[4].Contains("29", StringComparison.Ordinal)) Assert.Matches("^SAY NUMBER [1-9][0-9]? \"\"$", said[6]);
        Assert.Empty(service.Feeds["pbx"].Done);
    }

    [Fact]
    public async Task A_break_that_is_allowed_is_done_at_the_switch_and_a_personal_need_always_is()
    {
        var (service, gate) = await OpenAsync();
        await using var _ = service;
        using FakeCall allowed = new(), personal = new();
        await allowed.RunAsync(gate, FakeCall.Request("break?kind=short", "PJSIP/1001-0000000b"), Stop);
        await personal.RunAsync(gate, FakeCall.Request("break?kind=personal&lang=en", "PJSIP/1003-0000000c"), Stop);
        Assert.Equal(("granted", "", ""), (allowed.Variables["FLOOR_VERDICT"], allowed.Variables["FLOOR_RULE"], allowed.Variables["FLOOR_ALLOWED_AT"]));
        Assert.Equal("granted", personal.Variables["FLOOR_VERDICT"]);
        Assert.Equal(["short", "personal"], service.Feeds["pbx"].Done.OfType<SetPause>().Select(pause => pause.Reason));
        Assert.Contains("STREAM FILE \"floor/en/granted\" \"\"", allowed.Orders);
        // The door that they came through stands in the trail.
        var trail = (await service.Http.GetFromJsonAsync<JsonObject>("/api/agents/1001/audit", Stop))!;
        Assert.Equal(("phone", "break", "short", "granted"), (Value(trail, "door"), Value(trail, "command"), Value(trail, "detail"), Value(trail, "answer")));
    }

    [Theory]
    [InlineData("coffee", "failed")]
    [InlineData("", "failed")]
    [InlineData("grant?allow=break", "failed")]
    [InlineData("break?kind=nap", "failed")]
    [InlineData("break", "failed")]
    [InlineData("resume", "refused")]
    [InlineData("raise-hand", "granted")]
    public async Task What_a_dialplan_asks_wrongly_is_held_against_nobody(string script, string verdict)
    {
        var (service, gate) = await OpenAsync();
        await using var _ = service;
        using var call = new FakeCall();
        await call.RunAsync(gate, FakeCall.Request(script, "PJSIP/1001-0000000b"), Stop);
        Assert.Equal(verdict, call.Variables["FLOOR_VERDICT"]);
    }

    [Fact]
    public async Task A_phone_that_is_nobodys_is_refused_where_nobody_has_a_pin()
    {
        var (service, gate) = await OpenAsync();
        await using var _ = service;
        using var call = new FakeCall();
        await call.RunAsync(gate, FakeCall.Request("break?kind=short", "PJSIP/5551234@trunk-0000000d", callerId: "1001"), Stop);
        Assert.Equal("refused", call.Variables["FLOOR_VERDICT"]);
        Assert.False(call.Variables.ContainsKey("FLOOR_AGENT"));
    }

    [Fact]
    public async Task An_agent_at_a_hot_desk_types_id_and_pin()
    {
        var (service, gate) = await OpenAsync(null, ("1001", "2468"));
        await using var _ = service;
        using var call = new FakeCall { Sounds = { "floor/en/enter-agent" }, Keys = { } };
        foreach (var key in "1001#2468#") call.Keys.Enqueue(key);
        await call.RunAsync(gate, FakeCall.Request("break?kind=short", "PJSIP/hot7-0000000e"), Stop);
        Assert.Equal(("granted", "1001"), (call.Variables["FLOOR_VERDICT"], call.Variables["FLOOR_AGENT"]));
        Assert.Equal("ANSWER", call.Orders[0]);
        // The prompt for the PIN is not there: a tone asks for it.
        Assert.Contains("STREAM FILE \"beep\" \"0123456789#\"", call.Orders);
    }

    [Fact]
    public async Task A_sign_in_at_a_hot_desk_joins_the_phone_from_which_it_is_asked_and_a_colleagues_phone_is_none()
    {
        var (service, gate) = await OpenAsync(null, ("1001", "2468"));
        await using var _ = service;
        var feed = service.Feeds["pbx"];
        feed.Say(Floors.Said(new MemberLeft(ServiceUnderTest.Now, "pbx", "1001", "support")));
        await service.UntilAsync(floor => floor.Agents["1001"].Members.IsEmpty);
        using FakeCall hotDesk = new(), colleague = new();
        foreach (var key in "1001#2468#") colleague.Keys.Enqueue(key);
        foreach (var key in "1001#2468#") hotDesk.Keys.Enqueue(key);
        await colleague.RunAsync(gate, FakeCall.Request("sign-in?queues=support&identify=pin", "PJSIP/1002-0000001f"), Stop);
        await hotDesk.RunAsync(gate, FakeCall.Request("sign-in?queues=support&identify=pin", "PJSIP/hot7-0000000e"), Stop);
        Assert.Equal(("refused", "granted"), (colleague.Variables["FLOOR_VERDICT"], hotDesk.Variables["FLOOR_VERDICT"]));
        Assert.Equal([new JoinQueue("pbx", "PJSIP/hot7", "support", 0, "1001")], feed.Done);
    }

    [Fact]
    public async Task Wrong_pins_lock_the_agent_and_neither_journal_nor_answers_hold_what_was_typed()
    {
        var (service, gate) = await OpenAsync(null, ("1001", "24681357"));
        await using var _ = service;
        using FakeCall first = new(), second = new();
        foreach (var key in "1001#99887766#1001#99887765#1001#99887764#") first.Keys.Enqueue(key);
        await first.RunAsync(gate, FakeCall.Request("break?kind=short&identify=pin", "PJSIP/1002-0000000f"), Stop);
        foreach (var key in "1001#24681357#") second.Keys.Enqueue(key);
        await second.RunAsync(gate, FakeCall.Request("break?kind=short&identify=pin", "PJSIP/1001-00000010"), Stop);
        Assert.Equal(("refused", "pin"), (first.Variables["FLOOR_VERDICT"], first.Variables["FLOOR_RULE"]));
        Assert.Equal(("refused", "pin"), (second.Variables["FLOOR_VERDICT"], second.Variables["FLOOR_RULE"]));
        JsonObject trail;
        do trail = (await service.Http.GetFromJsonAsync<JsonObject>("/api/agents/1001/audit", Stop))!;
        while (trail["entries"]!.AsArray().Count < 4);
        Assert.All(trail["entries"]!.AsArray(), line => Assert.Equal("identify", line!["command"]!.GetValue<string>()));
        lock (service.Store.Journal)
            Assert.All(service.Store.Journal, entry => Assert.DoesNotMatch("9988776|24681357", entry.ToString() + string.Join(' ', entry.Events.AsSpan().ToArray().Select(said => said.ToString()))));
        Assert.All(first.Orders.Concat(second.Orders), order => Assert.DoesNotMatch("9988776|24681357", order));
        Assert.Empty(service.Feeds["pbx"].Done);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_is_not_spoken_to_and_the_break_stands()
    {
        var (service, gate) = await OpenAsync("en");
        await using var _ = service;
        using var call = new FakeCall { HangsUpAt = "SET VARIABLE FLOOR_VERDICT \"granted\"" };
        await call.RunAsync(gate, FakeCall.Request("break?kind=short", "PJSIP/1001-0000000b"), Stop);
        Assert.DoesNotContain(call.Orders, order => order.StartsWith("STREAM", StringComparison.Ordinal));
        Assert.Single(service.Feeds["pbx"].Done);
    }

    private static string Value(JsonObject trail, string member) => trail["entries"]![0]![member]!.GetValue<string>();
}
