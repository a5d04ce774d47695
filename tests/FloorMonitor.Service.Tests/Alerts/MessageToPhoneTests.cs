using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Sip.Transport;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Hosting;
using FloorMonitor.Service.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>A lead's words, through the whole service and the SIP stack, to a PBX on loopback, and what the desk sees of it.</summary>
public sealed class MessageToPhoneTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_the_phone_as_it_was_typed_with_who_wrote_it_and_the_desk_sees_that_it_did()
    {
        await using var pbx = new TextPbx();
        await using var service = await StartAsync(pbx);
        await SayAsync(service, "/api/agents/1002/message", "1001", "请到 3 号会议室 · come, please");
        var message = await UntilAsync(service, "1002", "delivered");
        Assert.Equal(("sip:1002@pbx.test", "Anna: 请到 3 号会议室 · come, please"), Assert.Single(pbx.Texts.Select(text => (text.To, text.Text))));
        Assert.Equal("200 OK", (string)message["phone"]!["said"]!);
        Assert.NotNull(message["phone"]!["at"]);
        // It is on the page as before.
        Assert.Equal("请到 3 号会议室 · come, please", (string)message["text"]!);
    }

    [Fact]
    public async Task A_team_message_reaches_the_phones_of_those_who_are_signed_in()
    {
        await using var pbx = new TextPbx();
        await using var service = await StartAsync(pbx);
        service.Feeds["pbx"].Say(Floors.Said(new MemberLeft(ServiceUnderTest.Now, "pbx", "1002", "support")));
        await service.UntilAsync(floor => floor.Agents["1002"].Members.IsEmpty);
        using var said = await service.Http.PostAsJsonAsync("/api/teams/A/message", new { text = "stand-up at ten", by = "周海燕" }, Stop);
        Assert.Equal(HttpStatusCode.NoContent, said.StatusCode);
        await UntilAsync(service, "1001", "delivered");
        // Words to one person go to their phone at home, too: this one is sent after the team's and proves that nothing came between.
        await SayAsync(service, "/api/agents/1002/message", "周海燕", "好好休息");
        await UntilAsync(service, "1002", "delivered");
        Assert.Equal([("sip:1001@pbx.test", "周海燕: stand-up at ten"), ("sip:1002@pbx.test", "周海燕: 好好休息")], pbx.Texts.Select(text => (text.To, text.Text)));
        Assert.Null(Messages(await service.FloorAsync(), "1002")[0]!["phone"]);
    }

    [Fact]
    public async Task A_phone_that_is_away_is_tried_again_with_the_same_call_id_and_the_desk_is_told_both()
    {
        await using var pbx = new TextPbx { Answer = _ => (480, "Temporarily Unavailable") };
        await using var service = await StartAsync(pbx);
        await SayAsync(service, "/api/agents/1001/message", "lead", "回来一下");
        Assert.Equal("480 Temporarily Unavailable", (string)(await UntilAsync(service, "1001", "retrying"))["phone"]!["said"]!);
        pbx.Answer = _ => (200, "OK");
        await UntilAsync(service, "1001", "delivered");
        Assert.True(pbx.Texts.Count >= 2);
        Assert.Single(pbx.Texts.Select(text => text.CallId).Distinct());
    }

    [Theory]
    [InlineData(404, "Not Found", "failed")]
    [InlineData(202, "Accepted", "accepted")]
    public async Task What_the_pbx_says_is_shown_in_its_words(int status, string reason, string state)
    {
        await using var pbx = new TextPbx { Answer = _ => (status, reason) };
        await using var service = await StartAsync(pbx);
        await SayAsync(service, "/api/agents/1001/message", "lead", "回来一下");
        Assert.Equal($"{status} {reason}", (string)(await UntilAsync(service, "1001", state))["phone"]!["said"]!);
        // It is part of the agent's trail, beside the asking.
        var trail = (await service.Http.GetFromJsonAsync<JsonObject>("/api/agents/1001/audit", Stop))!["entries"]!.AsArray();
        Assert.Contains(trail, line => (string)line!["what"]! == "message-phoned" && (string)line["command"]! == state);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Turned_off_or_without_a_pbx_that_carries_it_a_message_is_on_the_page_alone(bool hasPbx)
    {
        await using var pbx = new TextPbx();
        await using var service = hasPbx ? await StartAsync(pbx, phones: null) : await ServiceUnderTest.WithAFloorAsync();
        await SayAsync(service, "/api/agents/1001/message", "lead", "回来一下");
        Assert.Null(Assert.Single(Messages(await service.FloorAsync(), "1001"))!["phone"]);
        Assert.Empty(pbx.Texts);
    }

    private static async Task<ServiceUnderTest> StartAsync(TextPbx pbx, string? phones = "sip")
    {
        var floor = Floors.Config();
        var sip = new PbxConfig("sip", PbxKind.Sip, "127.0.0.1", pbx.Port, "monitor", "secret", false) { Sip = new(SipProtocol.Udp, "pbx.test") { Beside = "pbx" } };
        var config = floor with
        {
            Setup = floor.Setup with { Feeds = [.. floor.Setup.Feeds, new("sip", "sip")] },
            Pbxs = [.. floor.Pbxs, sip],
            Alerts = new() { Channels = [new SipConfig("sip")], Settings = new() { Phones = phones }, Retry = new(50, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)) },
        };
        return await ServiceUnderTest.WithAFloorAsync(config: config, links: new() { Sip = new FeedFactory(TimeProvider.System, NullLoggerFactory.Instance) });
    }

    private static async Task SayAsync(ServiceUnderTest service, string path, string by, string text)
    {
        using var answer = await service.Http.PostAsJsonAsync(path, new { text, by }, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonObject> UntilAsync(ServiceUnderTest service, string agent, string state)
    {
        JsonObject? found = null;
        await service.UntilAsync(floor => floor.Agents[agent].Messages.Any(message => message.Phone is { } phone && string.Equals(phone.State.ToString(), state, StringComparison.OrdinalIgnoreCase)));
        // The view that screens are sent is made of the same floor a moment later.
        while (found is null)
            found = Messages(await service.FloorAsync(), agent).LastOrDefault(message => (string?)message!["phone"]?["state"] == state)?.AsObject();
        return found;
    }

    private static JsonArray Messages(JsonObject floor, string agent) =>
        floor["agents"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == agent)!["messages"]!.AsArray();
}
