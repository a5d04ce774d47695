using System.Net;
using System.Net.Sockets;
using FloorMonitor.Pbx.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>Several clients at once, each with its own mask and filters, none able to harm another.</summary>
public sealed class SimulatedSessionTests : IAsyncLifetime
{
    private readonly SimulatedPbx _pbx = new(SmallFloor.Plan(), SmallFloor.Stepped with { MaxQueuedBytes = 200_000, MaxClients = 3 }, new FakeTimeProvider(SmallFloor.Start));

    public async ValueTask InitializeAsync() => await _pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));

    public ValueTask DisposeAsync() => _pbx.DisposeAsync();

    [Fact]
    public async Task A_mask_lets_through_only_its_classes()
    {
        using var all = await RawAmiClient.LoginAsync(_pbx.Endpoint);
        using var agents = await RawAmiClient.LoginAsync(_pbx.Endpoint, "agent");
        using var none = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        Add("PJSIP/1001");
        Assert.StartsWith("Event: DeviceStateChange\r\n", await all.ReadUntilAsync("Event: DeviceStateChange"), StringComparison.Ordinal);
        Assert.StartsWith("Event: QueueMemberAdded\r\n", await all.ReadUntilAsync("Event: QueueMemberAdded"), StringComparison.Ordinal);
        Assert.StartsWith("Event: QueueMemberAdded\r\n", await agents.ReadToAsync("\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("Response: Success\r\n", await none.AskAsync("Action: Ping\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!Event: DeviceState", null, "QueueMemberAdded")]
    [InlineData("^Event: (QueueMember(Added|Removed)|Hangup)[[:cntrl:]]", null, "QueueMemberAdded")]
    [InlineData("Event: DeviceStateChange.Privilege|support_avail", null, "DeviceStateChange")]
    [InlineData("", "action(include),name(QueueMemberAdded)", "QueueMemberAdded")]
    [InlineData("PJSIP/1001", "action(include),header(Interface),method(exact)", "QueueMemberAdded")]
    [InlineData("Queue:", "action(exclude),header(Device),method(starts_with)", "QueueMemberAdded")]
    public async Task A_filter_is_applied_as_the_real_switch_applies_it(string filter, string? criteria, string first)
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "call,agent");
        var added = await client.AskAsync($"Action: Filter\r\nOperation: Add\r\nFilter: {filter}\r\n{(criteria is null ? "" : $"MatchCriteria: {criteria}\r\n")}\r\n");
        Assert.StartsWith("Response: Success\r\n", added, StringComparison.Ordinal);
        Add("PJSIP/1001");
        Assert.StartsWith($"Event: {first}\r\n", await client.ReadToAsync("\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_who_stalls_is_dropped_and_the_others_hear_everything()
    {
        using var stalled = await RawAmiClient.LoginAsync(_pbx.Endpoint);
        using var reader = await RawAmiClient.LoginAsync(_pbx.Endpoint, "agent");
        // More than the sockets' buffers and the session's own bound together can hold.
        for (var i = 0; i < 600; i++)
        {
            _pbx.Do(it =>
            {
                for (var j = 0; j < 40; j++) it.Voice.Plain("UserEvent", EventClass.User, ("UserEvent", "Noise"), ("Text", new string('x', 1000)));
            });
            Add($"PJSIP/{5000 + i}");
            var added = await reader.ReadUntilAsync("Event: QueueMemberAdded");
            Assert.Contains($"Interface: PJSIP/{5000 + i}\r\n", added, StringComparison.Ordinal);
        }

        var heard = await stalled.ReadToCloseAsync();
        Assert.DoesNotContain("PJSIP/5599\r\n", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_clients_than_it_takes_are_turned_away()
    {
        using var one = await RawAmiClient.LoginAsync(_pbx.Endpoint);
        using var two = await RawAmiClient.LoginAsync(_pbx.Endpoint);
        using var three = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        await Assert.ThrowsAnyAsync<Exception>(() => RawAmiClient.ConnectAsync(_pbx.Endpoint));
        Assert.Contains("Pong", await three.AskAsync("Action: Ping\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stall_holds_back_and_what_gathered_comes_afterwards()
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "agent");
        _pbx.Stall();
        Add("PJSIP/1001");
        var reading = client.ReadToAsync("\r\n\r\n");
        _pbx.Step(TimeSpan.FromMinutes(1));
        Assert.False(reading.IsCompleted);
        _pbx.GoOn();
        Assert.StartsWith("Event: QueueMemberAdded\r\n", await reading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_restarts_nobody_answers_the_port_and_afterwards_the_same_one_does()
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "system");
        Assert.StartsWith("Event: FullyBooted", await client.ReadToAsync("\r\n\r\n"), StringComparison.Ordinal);
        Add("PJSIP/1001");
        _pbx.Restart(TimeSpan.FromSeconds(5));
        Assert.Equal("Event: Shutdown\r\nPrivilege: system,all\r\nShutdown: Cleanly\r\nRestart: True\r\n\r\n", await client.ReadToCloseAsync());
        await Assert.ThrowsAsync<SocketException>(() => RawAmiClient.ConnectAsync(_pbx.Endpoint));
        _pbx.Step(TimeSpan.FromSeconds(9));
        using var again = await RawAmiClient.LoginAsync(_pbx.Endpoint, "system");
        Assert.Contains("Uptime: 4\r\n", await again.ReadToAsync("\r\n\r\n"), StringComparison.Ordinal);
        var status = await again.ListAsync("Action: QueueStatus\r\nQueue: support\r\n\r\n");
        Assert.Contains($"LoginTime: {SmallFloor.Start.ToUnixTimeSeconds() + 5}\r\n", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_skewed_clock_shows_in_ping_and_in_login_times()
    {
        _pbx.SkewClock(TimeSpan.FromSeconds(-90));
        Add("PJSIP/1001");
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        Assert.Contains("Timestamp: 1795445910.000000\r\n", await client.AskAsync("Action: Ping\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains("LoginTime: 1795445910\r\n", await client.ListAsync("Action: QueueStatus\r\nQueue: support\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_worlds_clock_its_time_goes_as_fast_as_asked_for()
    {
        var clock = new FakeTimeProvider(SmallFloor.Start);
        await using var pbx = new SimulatedPbx(SmallFloor.Plan(), SmallFloor.Stepped with { Speed = 10 }, clock);
        await pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        clock.Advance(TimeSpan.FromSeconds(3));
        using var client = await RawAmiClient.LoginAsync(pbx.Endpoint, "off");
        Assert.Contains("Timestamp: 1795446030.000000\r\n", await client.AskAsync("Action: Ping\r\n\r\n"), StringComparison.Ordinal);
    }

    private void Add(string address) => _pbx.Do(it => it.AddMember(it.FindQueue("support")!, address, null, 0, dynamic: true, paused: false, ""));
}
