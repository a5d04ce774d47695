using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>Breaks that are asked for, at a real switch: the ticket, the pause that uses it up, and the hour's entitlement.</summary>
public sealed class BreakTicketTests
{
    private const string Zhao = "Local/2001@agents/n";
    private const string Rules = "settle-in: {enabled: false}\nconcurrent-breaks: {enabled: false}\n";

    [Fact]
    public async Task A_pause_at_the_switch_uses_up_what_was_granted_and_without_a_grant_the_gate_stays_shut()
    {
        await using var floor = await Floor.OpenAsync(rules: Rules + "break-slot: {require_grant: true}\n");
        await floor.AddAsync(Zhao, "support");
        await floor.Service.UntilAgentAsync("zhao", "available");
        var (status, problem) = await PostAsync(floor, "break", """{"kind":"short"}""");
        Assert.Equal((HttpStatusCode.Conflict, "break-slot"), (status, problem["rule"]!.GetValue<string>()));

        var (_, agent) = await PostAsync(floor, "request-break", """{"kind":"short"}""");
        Assert.Equal("granted", agent["ticket"]!["status"]!.GetValue<string>());
        await floor.PauseAsync(Zhao, "short");
        await floor.Service.UntilAgentAsync("zhao", "onBreak");
        Assert.Null((await ZhaoAsync(floor))["ticket"]);
        await Eventually.StaysAsync(floor.Service.FloorAsync, seen => seen.Verdicts.Count == 0, "no verdict about a break that was granted", TimeSpan.FromSeconds(1));

        await floor.ResumeAsync(Zhao);
        await floor.Service.UntilAgentAsync("zhao", "available");
        await floor.PauseAsync(Zhao, "short");
        await floor.Service.UntilAsync(seen => seen.Verdicts.Any(verdict => verdict is { Rule: "break-slot", Status: "open" }), "the verdict about a break without a grant");
    }

    [Fact]
    public async Task Example_12_what_is_left_of_the_hour_is_named_and_at_the_switch_the_verdict_opens_after_that()
    {
        await using var floor = await Floor.OpenAsync(rules: Rules + "break-quota: {entitlement: 6s, least: 5s}\n");
        await floor.AddAsync(Zhao, "support");
        await floor.PauseAsync(Zhao, "short");
        var first = (await floor.Service.UntilAgentAsync("zhao", "onBreak")).Break!;
        await floor.Service.UntilAsync(seen => seen.At >= first.Since.AddSeconds(2), "two seconds of break");
        await floor.ResumeAsync(Zhao);
        await floor.Service.UntilAgentAsync("zhao", "available");

        var (status, problem) = await PostAsync(floor, "break", """{"kind":"short"}""");
        Assert.Equal((HttpStatusCode.Conflict, "break-quota"), (status, problem["rule"]!.GetValue<string>()));
        var taken = TimeSpan.FromMilliseconds((await ZhaoAsync(floor))["hour"]!["takenMs"]!.GetValue<long>());
        var left = TimeSpan.FromSeconds(6) - taken;
        Assert.Contains($"剩余 {Math.Max(0, (int)left.TotalSeconds)} 秒", problem["text"]!["zh"]!.GetValue<string>(), StringComparison.Ordinal);

        await floor.PauseAsync(Zhao, "short");
        var second = (await floor.Service.UntilAgentAsync("zhao", "onBreak")).Break!;
        var seen = await floor.Service.UntilAsync(view => view.Verdicts.Any(verdict => verdict is { Rule: "break-quota", Status: "open" }), "the verdict");
        var expected = second.Since + (left > TimeSpan.Zero ? left : TimeSpan.Zero);
        Assert.Equal(expected, seen.Verdicts.Single(verdict => verdict.Rule == "break-quota").OpenedAt, TimeSpan.FromMilliseconds(2));
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(Floor floor, string command, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await floor.Service.Http.PostAsync($"/api/agents/zhao/{command}", content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private static async Task<JsonNode> ZhaoAsync(Floor floor)
    {
        var (_, text) = await floor.Service.GetAsync("/api/floor");
        return JsonNode.Parse(text)!["agents"]!.AsArray().Single(agent => agent!["id"]!.GetValue<string>() == "zhao")!;
    }
}
