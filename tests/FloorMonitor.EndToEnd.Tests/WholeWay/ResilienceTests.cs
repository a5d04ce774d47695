using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>The switch restarts, the link is cut, the service is killed: what was known goes on, and what was not seen is nobody's fault.</summary>
public sealed class ResilienceTests
{
    private const string Zhao = "Local/2001@agents/n", Sun = "Local/2002@agents/n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sessions_and_breaks_go_on_through_a_restart_of_the_switch(bool orderly)
    {
        await using var floor = await Floor.OpenAsync();
        await floor.AddAsync(Zhao, "support");
        await floor.AddAsync(Sun, "support");
        await floor.PauseAsync(Zhao, "meal");
        var before = await floor.Service.UntilAsync(seen => seen.Agent("zhao").State == "onBreak" && seen.Agent("sun").State == "available", "both to be there");
        var login = await LoginTimeAsync(floor);

        // Memberships are written to the switch's database a moment after they change.
        await floor.Pbx.KeptAsync("meal");
        // Uptime is whole seconds: a switch that restarts in the very moment after its start cannot be told from one that did not.
        await floor.Pbx.UpForAsync(seconds: 5);
        if (orderly) await floor.Pbx.StopAsync();
        else await floor.Pbx.KillAsync();
        var dark = await floor.Service.UntilAgentAsync("zhao", "unknown");
        Assert.Equal(["support"], dark.Queues);
        await floor.Pbx.UpAsync();
        var after = await floor.Service.UntilAsync(seen => seen.IsSynced && seen.Agent("zhao").State == "onBreak" && seen.Agent("sun").State == "available", "both to be back");

        // The switch itself believes that they came with its start.
        Assert.True(await LoginTimeAsync(floor) > login);
        foreach (var id in new[] { "zhao", "sun" }) Assert.Equal(before.Agent(id).SignedInAt, after.Agent(id).SignedInAt);
        Assert.Equal(before.Agent("zhao").Break!.Since, after.Agent("zhao").Break!.Since);
        Assert.Equal(2, after.Totals.SignedIn);
        Assert.Equal(after.Agents.Count, after.Agents.Select(agent => agent.Id).Distinct().Count());
        await floor.AgreesAsync("after the restart");
    }

    [Fact]
    public async Task A_cut_link_makes_everybody_unknown_and_its_mending_shows_what_happened_meanwhile()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.AddAsync(Zhao, "support");
        await floor.AddAsync(Sun, "support");
        await floor.PauseAsync(Zhao, "meal");
        var before = await floor.Service.UntilAsync(seen => seen.Agent("zhao").State == "onBreak" && seen.Agent("sun").State == "available", "both to be there");

        floor.Wire.Cut();
        var dark = await floor.Service.UntilAsync(seen => seen.Agent("zhao").State == "unknown" && seen.Agent("sun").State == "unknown", "both to be unknown");
        Assert.NotEqual("synced", dark.Feeds.Single().State);
        var (status, why) = await floor.Service.GetAsync("/readyz");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("pbx", why, StringComparison.Ordinal);

        // Out of sight: one leaves, another comes, a caller waits.
        await floor.RemoveAsync(Sun, "support");
        await floor.AddAsync("Local/2101@agents/n", "sales");
        await floor.PauseAsync("Local/2101@agents/n", "short");
        await floor.Pbx.CallAsync("602", "13800009999");

        floor.Wire.Mend();
        var after = await floor.Service.UntilAsync(seen => seen.IsSynced && seen.Agent("zhao").State == "onBreak", "the floor to be seen again");
        Assert.Equal(before.Agent("zhao").Break!.Since, after.Agent("zhao").Break!.Since);
        Assert.Equal(before.Agent("zhao").SignedInAt, after.Agent("zhao").SignedInAt);
        await floor.AgreesAsync("after the link was mended");
        var now = await floor.Service.FloorAsync(TestContext.Current.CancellationToken);
        Assert.Equal("signedOut", now.Agent("sun").State);
        Assert.Equal("onBreak", now.Agent("mute").State);
        Assert.Equal(1, now.Queue("desk").Waiting);
    }

    [Fact]
    public async Task Who_left_out_of_sight_is_blamed_for_nothing()
    {
        await using var floor = await Floor.OpenAsync(rules: "settle-in: {lock: 10m, mode: refuse}\n");
        await floor.AddAsync(Sun, "support");
        await floor.Service.UntilAgentAsync("sun", "available");
        floor.Wire.Cut();
        await floor.Service.UntilAgentAsync("sun", "unknown");
        await floor.RemoveAsync(Sun, "support");
        floor.Wire.Mend();
        await floor.Service.UntilAgentAsync("sun", "signedOut");
        await Eventually.StaysAsync(floor.Service.FloorAsync, seen => seen.Verdicts.Count == 0, "no verdict about what nobody saw", TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_killed_service_comes_back_with_the_same_sessions_breaks_counters_and_verdicts()
    {
        await using var floor = await Floor.OpenAsync(floor: "breakKinds:\n  short: {reasons: [short], limit: 1s}");
        await floor.AddAsync(Zhao, "support");
        await floor.AddAsync(Sun, "sales");
        await floor.PauseAsync(Sun, "short");
        var channel = await floor.Pbx.CallAsync("600", "13800001111");
        await floor.Service.UntilAgentAsync("zhao", "onCall");
        await floor.Pbx.HangUpAsync(channel);
        channel = await floor.Pbx.CallAsync("602", "13800002222");
        await floor.Pbx.HangUpAsync(channel);
        static bool IsOverLimit(VerdictView verdict) => verdict is { Rule: "break-limit", Status: "open" };
        bool Settled(FloorView seen) =>
            seen.IsSynced && seen.Agent("zhao").State == "available" && seen.Agent("sun").State == "onBreak"
            && seen.Queue("support").Answered == 1 && seen.Queue("desk").Abandoned == 1 && seen.Verdicts.Any(IsOverLimit);
        var before = await floor.Service.UntilAsync(Settled, "the floor before the kill");

        for (var kill = 0; kill < 3; kill++)
        {
            await floor.Service.KillAsync();
            await floor.Service.AgainAsync();
            var after = await floor.Service.UntilAsync(Settled, $"the floor after kill {kill}");
            foreach (var id in new[] { "zhao", "sun" }) Assert.Equal(before.Agent(id).SignedInAt, after.Agent(id).SignedInAt);
            Assert.Equal(before.Agent("sun").Break!.Since, after.Agent("sun").Break!.Since);
            var verdict = Assert.Single(after.Verdicts, IsOverLimit);
            var same = Assert.Single(before.Verdicts, IsOverLimit);
            Assert.Equal((same.Id, same.OpenedAt), (verdict.Id, verdict.OpenedAt));
            foreach (var queue in new[] { "support", "desk" })
                Assert.Equal((before.Queue(queue).Offered, before.Queue(queue).Answered, before.Queue(queue).Abandoned), (after.Queue(queue).Offered, after.Queue(queue).Answered, after.Queue(queue).Abandoned));
            await floor.AgreesAsync($"after kill {kill}");
        }
    }

    [Fact]
    public async Task A_service_that_is_asked_to_end_ends_cleanly_and_comes_back_as_it_was()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.AddAsync(Zhao, "support");
        var before = await floor.Service.UntilAgentAsync("zhao", "available");
        Assert.Equal(0, await floor.Service.StopAsync());
        await floor.Service.AgainAsync();
        var after = await floor.Service.UntilAgentAsync("zhao", "available");
        Assert.Equal(before.SignedInAt, after.SignedInAt);
    }

    private static async Task<long> LoginTimeAsync(Floor floor)
    {
        var list = await floor.Pbx.Driver.ListAsync("QueueStatus", ("Queue", "support"));
        return list.Where(packet => packet.Event == "QueueMember").Min(packet => long.Parse(packet["LoginTime"], System.Globalization.CultureInfo.InvariantCulture));
    }
}
