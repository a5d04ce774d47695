using System.Net;
using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>D3.2 at a real switch: who has just signed in stays, whatever the switch's own console says.</summary>
public sealed class SettleInTests
{
    private const string Zhao = "Local/2001@agents/n";

    [Fact]
    public async Task A_change_of_queues_is_no_sign_out()
    {
        await using var floor = await Floor.OpenAsync(rules: "settle-in: {lock: 10m}\n");
        await floor.AddAsync(Zhao, "support");
        var before = await floor.Service.UntilAgentAsync("zhao", "available");
        // One packet to the switch, so that the two lie far less than half a second apart.
        await floor.Pbx.Driver.SendRawAsync(
            $"Action: QueueRemove\r\nQueue: support\r\nInterface: {Zhao}\r\n\r\nAction: QueueAdd\r\nQueue: sales\r\nInterface: {Zhao}\r\n\r\n");
        var after = (await floor.Service.UntilAsync(seen => seen.Agent("zhao").Queues.SequenceEqual(["sales"]), "the change")).Agent("zhao");
        Assert.Equal(before.SignedInAt, after.SignedInAt);
        await Eventually.StaysAsync(
            floor.Service.FloorAsync,
            seen => seen.Verdicts.Count == 0 && seen.Agent("zhao").Queues.SequenceEqual(["sales"]),
            "no verdict, and nobody is put back",
            TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_removal_at_the_console_is_put_back_three_times_and_then_stands()
    {
        await using var floor = await Floor.OpenAsync(rules: "settle-in: {lock: 10m, revert_limit: 3}\n");
        await floor.AddAsync(Zhao, "support");
        var before = await floor.Service.UntilAgentAsync("zhao", "available");
        for (var time = 1; time <= 3; time++)
        {
            await floor.RemoveAsync(Zhao, "support");
            await Eventually.HoldsAsync(async () => (await floor.ShownAsync())["support"].Members.Any(member => member.Address == Zhao), $"the member to be put back, time {time}");
            var back = await floor.Service.UntilAgentAsync("zhao", "available");
            Assert.Equal(before.SignedInAt, back.SignedInAt);
        }

        await floor.RemoveAsync(Zhao, "support");
        var seen = await floor.Service.UntilAsync(
            view => view.Verdicts.Any(verdict => verdict.Rule == "settle-in" && verdict.History.Any(step => step.Step == "limit-reached")), "the verdict to say that it stops");
        var verdict = seen.Verdicts.Last(verdict => verdict.Rule == "settle-in" && verdict.History.Any(step => step.Step == "limit-reached"));
        Assert.Equal(("D3.2", "zhao"), (verdict.Clause, verdict.Subject.Id));
        await Eventually.StaysAsync(async _ => await floor.ShownAsync(), shown => shown["support"].Members.Count == 0, "it stays out", TimeSpan.FromSeconds(2));
        await floor.AgreesAsync("at the end");
    }

    [Fact]
    public async Task A_removal_during_a_call_leaves_the_call_and_the_member_alone()
    {
        await using var floor = await Floor.OpenAsync(rules: "settle-in: {lock: 10m}\n");
        await floor.AddAsync(Zhao, "support");
        await floor.Service.UntilAgentAsync("zhao", "available");
        var caller = await floor.Pbx.CallAsync("600", "13800001111");
        await floor.Service.UntilAgentAsync("zhao", "onCall");
        await floor.RemoveAsync(Zhao, "support");
        await Eventually.StaysAsync(
            async _ => await floor.Pbx.CliAsync("core show channels concise"),
            channels => channels.Contains(caller, StringComparison.Ordinal),
            "the call goes on",
            TimeSpan.FromSeconds(2));
        Assert.Empty((await floor.ShownAsync())["support"].Members);
        await floor.Pbx.HangUpAsync(caller);
    }

    [Fact]
    public async Task A_sign_out_asked_of_the_service_is_refused_with_clause_and_instant()
    {
        await using var floor = await Floor.OpenAsync(rules: "settle-in: {lock: 10m}\n");
        await floor.AddAsync(Zhao, "support");
        var signedIn = (await floor.Service.UntilAgentAsync("zhao", "available")).SignedInAt!.Value;
        using var refused = await floor.Service.Http.PostAsync("/api/agents/zhao/sign-out", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = System.Text.Json.JsonDocument.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("settle-in", "D3.2"), (problem.GetProperty("rule").GetString(), problem.GetProperty("clause").GetString()));
        Assert.Equal(signedIn.AddMinutes(10), problem.GetProperty("allowedAt").GetDateTimeOffset());
        Assert.Single((await floor.ShownAsync())["support"].Members);
    }
}
