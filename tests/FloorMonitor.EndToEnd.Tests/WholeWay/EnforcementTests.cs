using System.Net.Http.Json;
using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>
/// What the monitor does at a real switch, mode by mode, with SIP phones: <c>revert</c> (and its limit: SettleInTests), <c>end</c>, and
/// what it never does: touch a live call.
/// </summary>
public sealed class EnforcementTests
{
    private const string Wang = "PJSIP/1002";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_break_is_ended_at_its_limit_after_the_warning_and_not_before()
    {
        await using var floor = await Floor.OpenAsync("break-limit: {mode: end, warn_before: 3s}\nsettle-in: {enabled: false}\n", "breakKinds:\n  short: {reasons: [short], limit: 6s}");
        await floor.Phones.AnswerAsync("1002");
        await floor.AddAsync(Wang, "support");
        await floor.PauseAsync(Wang, "short");
        var onBreak = (await floor.Service.UntilAgentAsync("wang", "onBreak")).Break!;
        await Eventually.HoldsAsync(async () => !(await floor.ShownAsync())["support"].Members.Single().Paused, "the switch to show the pause taken off");
        var back = await floor.Service.UntilAgentAsync("wang", "available");
        Assert.True(back.Since >= onBreak.EndsAt, $"ended at {back.Since:O}, the limit was {onBreak.EndsAt:O}");
        var verdict = await VerdictAsync(floor, "break-limit", "wang");
        Assert.Equal(onBreak.EndsAt, verdict.OpenedAt);
        Assert.Equal(["opened", "ended", "closed"], verdict.History.Select(step => step.Step));
        await floor.AgreesAsync("after the break was ended");
    }

    [Fact]
    public async Task A_pause_set_during_a_call_is_taken_off_only_after_the_call_and_its_wrap_up()
    {
        await using var floor = await Floor.OpenAsync("settle-in: {lock: 10m}\n");
        await floor.Phones.AnswerAsync("1002");
        // A wrap-up of the member's own is what the switch tells of; the console cannot set one.
        var added = await floor.Pbx.Driver.AskAsync(
            "Originate", ("Channel", "Local/s@caller/n"), ("Application", "AddQueueMember"), ("Data", $"sales,{Wang},,,,,5"), ("Async", "true"));
        Assert.True(added.Response == "Success", added.ToString());
        await floor.AddAsync(Wang, "support");
        await floor.Service.UntilAgentAsync("wang", "available");
        await using var caller = floor.Phones.Call("601", TimeSpan.FromSeconds(8));
        await floor.Service.UntilAgentAsync("wang", "onCall");
        await floor.PauseAsync(Wang, "short");
        await Eventually.StaysAsync(
            async _ => await floor.ShownAsync(), shown => shown["sales"].Members.Single() is { Paused: true }, "the pause stands while they talk", TimeSpan.FromSeconds(2));
        var talking = (await floor.Service.FloorAsync(Stop)).Agent("wang");
        Assert.True(talking is { State: "onCall", Call.Answered: true }, talking.ToString());

        // The break begins when the call is over, within the lock: it is taken off, but only once its wrap-up is over too.
        var seen = await floor.Service.UntilAsync(view => view.Agent("wang").Call is null, "the call to end", TimeSpan.FromSeconds(30));
        var until = seen.Agent("wang").WrapUpEndsAt ?? throw new InvalidOperationException($"No wrap-up is seen: {seen}");
        await Eventually.HoldsAsync(async () => !(await floor.ShownAsync())["sales"].Members.Single().Paused, "the pause to be taken off");
        var verdict = await VerdictAsync(floor, "settle-in", "wang");
        var resumed = verdict.History.Single(step => step.Step == "resumed");
        Assert.True(resumed.At >= until, $"taken off at {resumed.At:O}, the wrap-up went on until {until:O}");
        await floor.AgreesAsync("after the call");
    }

    [Fact]
    public async Task A_move_between_queues_signs_nobody_out_and_waits_for_the_end_of_a_call()
    {
        await using var floor = await Floor.OpenAsync("settle-in: {lock: 10m}\n");
        await floor.Phones.AnswerAsync("1002");
        await floor.AddAsync(Wang, "support");
        var before = await floor.Service.UntilAgentAsync("wang", "available");
        await using (floor.Phones.Call("600", TimeSpan.FromSeconds(4)))
        {
            await floor.Service.UntilAgentAsync("wang", "onCall");
            using var refused = await MoveAsync(floor);
            Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
            await floor.Service.UntilAgentAsync("wang", "available");
        }

        using var moved = await MoveAsync(floor);
        Assert.True(moved.IsSuccessStatusCode, await moved.Content.ReadAsStringAsync(Stop));
        var after = (await floor.Service.UntilAsync(view => view.Agent("wang").Queues.SequenceEqual(["sales"]), "the move")).Agent("wang");
        Assert.Equal(before.SignedInAt, after.SignedInAt);
        await Eventually.StaysAsync(
            async stop => await floor.Service.FloorAsync(stop), view => view.Verdicts.Count == 0 && view.Agent("wang").Queues.SequenceEqual(["sales"]), "no verdict, and nobody is put back", TimeSpan.FromSeconds(2));
        await floor.AgreesAsync("after the move");
    }

    [Fact]
    public async Task Who_moves_during_a_break_stays_on_it_from_its_first_instant()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.Phones.AnswerAsync("1002");
        await floor.AddAsync(Wang, "support");
        await floor.Service.UntilAgentAsync("wang", "available");
        await floor.PauseAsync(Wang, "short");
        var onBreak = (await floor.Service.UntilAgentAsync("wang", "onBreak")).Break!;
        using var moved = await MoveAsync(floor);
        Assert.True(moved.IsSuccessStatusCode, await moved.Content.ReadAsStringAsync(Stop));
        var after = (await floor.Service.UntilAsync(view => view.Agent("wang").Queues.SequenceEqual(["sales"]), "the move")).Agent("wang");
        Assert.Equal(("onBreak", onBreak.Since, "short"), (after.State, after.Break!.Since, after.Break.Reason));
        Assert.True((await floor.ShownAsync())["sales"].Members.Single().Paused);
        await floor.AgreesAsync("after the move");
    }

    private static Task<HttpResponseMessage> MoveAsync(Floor floor) =>
        floor.Service.Http.PostAsJsonAsync("/api/agents/wang/move", new { queues = (string[])["sales"], reason = "销售队列排队", by = "chen" }, Stop);

    // Open or closed: the API has them all.
    private static async Task<VerdictView> VerdictAsync(Floor floor, string rule, string agent) => (await Eventually.SeeAsync(
        async stop => await floor.Service.Http.GetFromJsonAsync<List<VerdictView>>($"/api/verdicts?rule={rule}&subject={agent}&open=false", FloorView.Json, stop) ?? [],
        found => found.Count == 1,
        $"the closed verdict of {rule}"))[0];
}
