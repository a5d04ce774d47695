using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>Pauses at a real switch become breaks, with the instants that a person would stand by.</summary>
public sealed class BreakTests
{
    private const string Zhao = "Local/2001@agents/n";

    [Fact]
    public async Task A_pause_again_for_the_same_reason_keeps_the_breaks_first_instant()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.AddAsync(Zhao, "support");
        await floor.AddAsync(Zhao, "sales");
        await floor.PauseAsync(Zhao, "short");
        var first = (await floor.Service.UntilAgentAsync("zhao", "onBreak")).Break!;
        Assert.Equal("short", first.Kind);
        await floor.AgreesAsync("in the break");

        // The switch's LastPause has whole seconds: pause again until it has moved.
        var before = await LastPauseAsync(floor);
        await Eventually.HoldsAsync(
            async () =>
            {
                await floor.PauseAsync(Zhao, "short");
                return await LastPauseAsync(floor) > before;
            },
            "LastPause to move");
        await Eventually.StaysAsync(floor.Service.FloorAsync, seen => seen.Agent("zhao").Break?.Since == first.Since, "the break goes on from its first instant", TimeSpan.FromSeconds(1));

        await floor.ResumeAsync(Zhao);
        var back = await floor.Service.UntilAgentAsync("zhao", "available");
        Assert.Null(back.Break);
        await floor.AgreesAsync("after the break");
    }

    [Fact]
    public async Task Another_reason_is_another_break_back_to_back()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.AddAsync(Zhao, "support");
        await floor.PauseAsync(Zhao, "short");
        var first = (await floor.Service.UntilAgentAsync("zhao", "onBreak")).Break!;
        await floor.PauseAsync(Zhao, "meal");
        var second = (await floor.Service.UntilAsync(seen => seen.Agent("zhao").Break?.Kind == "meal", "the meal")).Agent("zhao");
        Assert.True(second.Break!.Since >= first.Since);
        Assert.Equal("onBreak", second.State);
    }

    [Fact]
    public async Task Paused_in_one_queue_of_two_is_no_break()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.AddAsync(Zhao, "support");
        await floor.AddAsync(Zhao, "sales");
        await floor.Pbx.CliAsync($"queue pause member {Zhao} queue sales reason short");
        var seen = (await floor.Service.UntilAsync(floor => floor.Agent("zhao").PausedQueues.Count == 1, "the pause in one queue")).Agent("zhao");
        Assert.Equal(("available", null), (seen.State, seen.Break));
        Assert.Equal(["sales"], seen.PausedQueues);
        await floor.AgreesAsync("partly paused");
    }

    [Fact]
    public async Task A_break_past_its_limit_opens_its_verdict_at_the_exact_instant()
    {
        await using var floor = await Floor.OpenAsync(floor: "breakKinds:\n  short: {reasons: [short, 小休], limit: 3s}");
        await floor.AddAsync(Zhao, "support");
        await floor.PauseAsync(Zhao, "小休");
        var onBreak = (await floor.Service.UntilAgentAsync("zhao", "onBreak")).Break!;
        Assert.Equal(onBreak.Since.AddSeconds(3), onBreak.EndsAt);
        var seen = await floor.Service.UntilAsync(view => view.Verdicts.Any(verdict => verdict is { Rule: "break-limit", Status: "open" }), "the verdict");
        var verdict = Assert.Single(seen.Verdicts, verdict => verdict.Rule == "break-limit");
        Assert.Equal(("D2.4", "zhao", onBreak.Since.AddSeconds(3)), (verdict.Clause, verdict.Subject.Id, verdict.OpenedAt));
        Assert.NotEmpty(verdict.Evidence);

        // The evidence is what the switch said, word for word.
        var (status, evidence) = await floor.Service.GetAsync($"/api/verdicts/{Uri.EscapeDataString(verdict.Id)}/evidence");
        Assert.Equal(System.Net.HttpStatusCode.OK, status);
        Assert.Contains("QueueMemberPause", evidence, StringComparison.Ordinal);
        Assert.Contains(Zhao, evidence, StringComparison.Ordinal);

        await floor.ResumeAsync(Zhao);
        await floor.Service.UntilAsync(view => view.Verdicts.All(open => open.Rule != "break-limit"), "the verdict to close");
    }

    [Fact]
    public async Task A_break_is_asked_for_and_ended_through_the_service()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.AddAsync(Zhao, "support");
        await floor.Service.UntilAgentAsync("zhao", "available");
        using (var granted = await floor.Service.Http.PostAsync("/api/agents/zhao/break", new StringContent("{\"kind\":\"short\"}", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken))
            Assert.True(granted.IsSuccessStatusCode, await granted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await floor.Service.UntilAgentAsync("zhao", "onBreak");
        Assert.True((await floor.ShownAsync())["support"].Members.Single().Paused);
        using (var back = await floor.Service.Http.PostAsync("/api/agents/zhao/resume", null, TestContext.Current.CancellationToken))
            Assert.True(back.IsSuccessStatusCode, await back.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await floor.Service.UntilAgentAsync("zhao", "available");
        await floor.AgreesAsync("after the break");
    }

    private static async Task<long> LastPauseAsync(Floor floor)
    {
        var list = await floor.Pbx.Driver.ListAsync("QueueStatus", ("Queue", "support"));
        return long.Parse(list.Single(packet => packet.Event == "QueueMember")["LastPause"], System.Globalization.CultureInfo.InvariantCulture);
    }
}
