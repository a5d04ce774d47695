using System.Net;
using System.Text;
using FloorMonitor.Pbx.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>Chance comes from the seed alone, and every rule's material from the script.</summary>
public sealed class SimulatedSeedTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(77UL)]
    public void The_same_seed_says_the_same_bytes(ulong seed) => Assert.Equal(Told(seed, TimeSpan.FromMinutes(20)), Told(seed, TimeSpan.FromMinutes(20)));

    [Fact]
    public void Another_seed_says_others() => Assert.NotEqual(Told(1, TimeSpan.FromMinutes(5)), Told(2, TimeSpan.FromMinutes(5)));

    [Fact]
    public async Task The_demo_opens_in_the_middle_of_a_shift()
    {
        await using var pbx = await DemoAsync();
        using var client = await RawAmiClient.LoginAsync(pbx.Endpoint, "off");
        var status = await client.ListAsync("Action: QueueStatus\r\n\r\n");
        var logins = Values(status, "LoginTime").ConvertAll(text => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        var opens = SmallFloor.Start.ToUnixTimeSeconds();
        Assert.All(logins, login => Assert.InRange(login, opens - (3 * 3600), opens - 60));
        Assert.True(logins.Count >= 24, $"{logins.Count} memberships");
        Assert.Contains($"{opens - 262}", Values(status, "LastPause"));
        Assert.True(Values(status, "InCall").FindAll(value => value == "1").Count >= 3, "a living floor has calls under way");
        Assert.Contains("Wrapuptime: 15", status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2012UL)]
    [InlineData(1UL)]
    [InlineData(2UL)]
    public async Task Within_two_minutes_the_demo_shows_what_every_rule_is_about(ulong seed)
    {
        await using var pbx = await DemoAsync(seed);
        var events = new List<(DateTimeOffset At, AmiEvent Event)>();
        pbx.Do(it => it.Voice.Listener = @event => events.Add((pbx.Now, @event)));
        var longest = 0;
        for (var second = 0; second < 120; second++)
        {
            pbx.Step(TimeSpan.FromSeconds(1));
            longest = Math.Max(longest, pbx.Do(it => it.QueueList.Max(queue => queue.Waiting.Count == 0 ? 0 : it.Waited(queue.Waiting[0]))));
        }

        bool Seen(string name, string agent) => events.Exists(seen => seen.Event.Name == name && seen.Event.Text.Contains($"Interface: PJSIP/{agent}\r\n", StringComparison.Ordinal));
        Assert.True(Seen("QueueMemberRemoved", "1008"), "somebody leaves minutes after the sign-in");
        Assert.True(Seen("QueueMemberPause", "1017"), "somebody pauses minutes after the sign-in");
        Assert.True(Seen("QueueMemberAdded", "1023"), "a late comer signs in");
        Assert.True(events.FindAll(seen => seen.Event.Name == "AgentRingNoAnswer" && seen.Event.Text.Contains("PJSIP/1016\r\n", StringComparison.Ordinal)).Count >= 2, "a phone rings out twice");
        Assert.True(events.Exists(seen => seen.Event.Name == "DeviceStateChange" && seen.Event.Text.Contains("Device: PJSIP/1021\r\nState: UNAVAILABLE", StringComparison.Ordinal)), "a phone is gone");
        Assert.True(longest > 60, $"the longest wait was {longest} s");
        Assert.True(events.FindAll(seen => seen.Event.Name == "QueueCallerAbandon").Count >= 3, "callers give up");
        Assert.True(events.Exists(seen => seen.Event.Name == "Hold"), "somebody is on hold");
    }

    private static async Task<SimulatedPbx> DemoAsync(ulong seed = 2012)
    {
        var pbx = DemoFloor.CreatePbx(new FakeTimeProvider(SmallFloor.Start), seed, SmallFloor.Stepped);
        await pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        return pbx;
    }

    private static List<string> Values(string text, string header) =>
        [.. text.Split("\r\n").Where(line => line.StartsWith(header + ": ", StringComparison.Ordinal)).Select(line => line[(header.Length + 2)..])];

    private static string Told(ulong seed, TimeSpan length)
    {
        var plan = FloorPlan.OfSize(seed, 40, 5, 900);
        var pbx = new SimulatedPbx(plan, SmallFloor.Stepped, new FakeTimeProvider(SmallFloor.Start));
        var told = new StringBuilder();
        pbx.Step(plan.WarmUp);
        pbx.Do(it => it.Voice.Listener = @event => told.Append(@event.Text));
        pbx.Step(length);
        Assert.True(told.Length > 100_000, "a floor of 40 has much to tell");
        return told.ToString();
    }
}
