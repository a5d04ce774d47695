using System.Net;
using System.Net.Sockets;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Sip.Transport;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Hosting;
using FloorMonitor.Service.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Service.Tests.Hosting;

public sealed class CheckCommandTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("floor-check-").FullName;
    private readonly FakeFeeds feeds = new();
    private readonly FakeTimeProvider time = new(Floors.Start);
    private readonly StringWriter console = new();

    public void Dispose()
    {
        console.Dispose();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Queues_and_members_that_were_seen_are_named_and_strangers_too()
    {
        var probe = Probe("pbx");
        await feeds["pbx"].Ran.Task;
        feeds["pbx"].Say(Floors.Synced("pbx", Floors.Start, Floors.Member("1001", "support", Floors.Start), Floors.Member("4711", "support", Floors.Start)));
        Assert.True(await probe);
        var said = console.ToString();
        Assert.Contains("PBX pbx (user@127.0.0.1:5038):", said, StringComparison.Ordinal);
        Assert.Contains("1 queue: support (2)", said, StringComparison.Ordinal);
        Assert.Contains("2 members", said, StringComparison.Ordinal);
        Assert.Contains("not in agents.csv, shown by their address: PJSIP/4711", said, StringComparison.Ordinal);
        Assert.Contains("store (embedded): well", said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Whether_messages_reach_phones_is_said_and_a_channel_that_reaches_nobody_too()
    {
        var setup = Floors.Config().Setup;
        CheckCommand.Say(new() { Channels = [new SipConfig("sip")] }, setup, console);
        Assert.Contains("sip reaches nobody: floor.yaml has no PBX of kind sip", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("messages to agents: on their page alone", console.ToString(), StringComparison.Ordinal);
        CheckCommand.Say(new() { Channels = [new SipConfig("sip")], Settings = new() { Phones = "sip" } }, setup with { Feeds = [new("sip", "sip")] }, console);
        Assert.Contains("messages to agents: on their page and by sip to their phone", console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_PBX_without_queues_its_phones_are_counted_and_those_out_of_sight_named_with_the_reason()
    {
        var config = Floors.Config(["phones"]);
        var sip = config.Pbxs[0] with { Kind = PbxKind.Sip, Port = 5061, Sip = new(SipProtocol.Tls, "pbx.example") };
        var probe = CheckCommand.ProbeAsync(config with { Pbxs = [sip] }, feeds, data, time, console);
        await feeds["phones"].Ran.Task;
        var lost = new Text("看不到", "This phone cannot be watched: 404 Not Found");
        feeds["phones"].Say(Floors.Said(new FeedSynced(Floors.Start, "phones", new(null, [], [], [], [])
        {
            Phones =
            [
                new("1001", PhoneState.Idle, "dialog"), new("1002", PhoneState.InUse, "dialog"), new("1003", PhoneState.Unreachable, "reg"),
                new("1004", PhoneState.Unknown, "") { Lost = lost },
            ],
        })));
        Assert.True(await probe);
        var said = console.ToString();
        Assert.Contains("PBX phones (sip:user@pbx.example at 127.0.0.1:5061 tls):", said, StringComparison.Ordinal);
        Assert.Contains("  4 phones: 1 idle, 1 on a call, 1 not registered", said, StringComparison.Ordinal);
        Assert.Contains("  1 phone out of sight: This phone cannot be watched: 404 Not Found (1004)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_the_running_service_listens_on_is_said_and_another_one_is_asked_from()
    {
        using var running = new TcpListener(IPAddress.Loopback, 0);
        running.Start();
        var at = (IPEndPoint)running.LocalEndpoint;
        var config = Floors.Config(["phones"]);
        var sip = config.Pbxs[0] with { Kind = PbxKind.Sip, Sip = new(SipProtocol.Udp, "pbx.example") { Listen = new(at, "floor.example", null, null) } };
        var probe = CheckCommand.ProbeAsync(config with { Pbxs = [sip] }, feeds, data, time, console);
        await feeds["phones"].Ran.Task;
        feeds["phones"].Say(Floors.Said(new FeedSynced(Floors.Start, "phones", new(null, [], [], [], []))));
        Assert.True(await probe);
        var said = console.ToString();
        Assert.Contains($"(sip:user@pbx.example at 127.0.0.1:5038 udp, reached at floor.example:{at.Port}, listening on {at}):", said, StringComparison.Ordinal);
        Assert.Contains($"  Port {at.Port} of 127.0.0.1 cannot be listened on: ", said, StringComparison.Ordinal);
        Assert.Contains("(the service that runs may have it); asked from a free port", said, StringComparison.Ordinal);
        Assert.Equal(0, feeds.MadeOf["phones"].Sip!.Listen.At.Port);
    }

    [Fact]
    public async Task A_switch_that_refuses_is_said_in_its_words_and_a_silent_one_is_not_waited_for_without_end()
    {
        var probe = Probe("left", "right");
        await feeds["left"].Ran.Task;
        await feeds["right"].Ran.Task;
        feeds["left"].Say(Floors.Said(new FeedLost(Floors.Start, "left", "The switch refuses the account")));
        time.Advance(CheckCommand.AnswerWithin);
        Assert.False(await probe);
        Assert.Contains("  not reached: The switch refuses the account", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("  no answer within 20 s", console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_roster_the_rules_that_need_one_are_named_as_silent()
    {
        CheckCommand.SayRoster(Floors.Config(["pbx"]) with { Rules = RuleCatalogue.Defaults }, console);
        var silent = RuleCatalogue.Defaults.Where(rule => rule.NeedsRoster).Select(rule => rule.Id);
        Assert.Contains($"no roster.csv: silent without one: {(silent.Any() ? string.Join(", ", silent) : "none")};", console.ToString(), StringComparison.Ordinal);
    }

    private Task<bool> Probe(params string[] pbxs) => CheckCommand.ProbeAsync(Floors.Config(pbxs), feeds, data, time, console);
}
