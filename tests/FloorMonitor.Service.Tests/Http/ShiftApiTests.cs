using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Tests.Support;

namespace FloorMonitor.Service.Tests.Http;

/// <summary>Excusing a whole shift through the API: what is open, what had closed, what opens later.</summary>
public sealed class ShiftApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // A shift around the whole day, so that the test's own time lies in it whenever it runs.
    private static FloorConfig WithARoster()
    {
        var config = Floors.Config();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ServiceUnderTest.Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime);
        var start = TimeSpan.FromHours(TimeZoneInfo.ConvertTime(ServiceUnderTest.Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Hour);
        return config with
        {
            Setup = config.Setup with
            {
                Agents = [.. config.Setup.Agents, new("1003", "Cai", "A", "PJSIP/1003")],
                Shifts = [new("A", start, TimeSpan.FromHours((start.TotalHours + 8) % 24), [])],
                Roster = [new(today, "1001", "A", null, RosterStatus.Work), new(today, "1003", "A", null, RosterStatus.Work)],
            },
        };
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> ExcuseAsync(ServiceUnderTest service, string date, string shift, object body)
    {
        using var answer = await service.Http.PostAsJsonAsync($"/api/shifts/{date}/{shift}/excuse", body, Stop);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!);
    }

    [Fact]
    public async Task What_is_open_and_what_had_closed_is_excused_at_once_and_doing_it_again_finds_nothing()
    {
        var config = WithARoster();
        var date = config.Setup.Roster[0].Date!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await using var service = await ServiceUnderTest.WithAFloorAsync(config: config);
        var feed = service.Feeds["pbx"];
        feed.Say(Floors.Said(new MemberPaused(ServiceUnderTest.Now, "pbx", "1003", "support", "short", null)));
        var first = (await service.UntilAsync(floor => floor.Verdicts.Values.Any(one => one.Rule == "settle-in"))).Verdicts.Values.First(one => one.Rule == "settle-in").Id;
        feed.Say(Floors.Said(new MemberResumed(ServiceUnderTest.Now, "pbx", "1003", "support")));
        await service.UntilAsync(floor => !floor.Verdicts.ContainsKey(first));
        feed.Say(Floors.Said(new MemberPaused(ServiceUnderTest.Now, "pbx", "1003", "support", "meal", null)));
        var second = (await service.UntilAsync(floor => floor.Verdicts.Values.Any(one => one.Rule == "settle-in"))).Verdicts.Values.First(one => one.Rule == "settle-in").Id;

        var (status, excused) = await ExcuseAsync(service, date, "A", new { by = "chief", reason = "暴雨", rule = "settle-in" });
        Assert.True(status == HttpStatusCode.OK, excused.ToJsonString());
        Assert.Equal((1, 1), (excused["open"]!.GetValue<int>(), excused["closed"]!.GetValue<int>()));
        foreach (var id in new[] { first, second })
        {
            var verdict = (await service.Http.GetFromJsonAsync<JsonObject>($"/api/verdicts/{id}", Stop))!;
            Assert.Equal(("excused", "chief", "暴雨"), (verdict["disposition"]!["step"]!.GetValue<string>(), verdict["disposition"]!["by"]!.GetValue<string>(), verdict["disposition"]!["reason"]!.GetValue<string>()));
        }

        var (_, again) = await ExcuseAsync(service, date, "A", new { by = "chief", reason = "暴雨", rule = "settle-in" });
        Assert.Equal((0, 0), (again["open"]!.GetValue<int>(), again["closed"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("today", "A", "{\"by\":\"chief\",\"reason\":\"r\"}", 400)]
    [InlineData("2020-01-01", "A", "{\"by\":\"chief\",\"reason\":\"r\"}", 400)]
    [InlineData("DATE", "B", "{\"by\":\"chief\",\"reason\":\"r\"}", 404)]
    [InlineData("DATE", "A", "{\"by\":\"chief\"}", 400)]
    [InlineData("DATE", "A", "{\"reason\":\"r\"}", 400)]
    [InlineData("DATE", "A", "{\"by\":\"chief\",\"reason\":\"r\",\"rule\":\"settle\"}", 400)]
    [InlineData("NEXT", "A", "{\"by\":\"chief\",\"reason\":\"r\"}", 409)]
    public async Task What_cannot_be_excused_is_told_why(string date, string shift, string body, int status)
    {
        var config = WithARoster();
        await using var service = await ServiceUnderTest.WithAFloorAsync(config: config);
        var today = config.Setup.Roster[0].Date!.Value;
        var day = date switch
        {
            "DATE" => today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            "NEXT" => today.AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            _ => date,
        };
        using var answer = await service.Http.PostAsync($"/api/shifts/{day}/{shift}/excuse", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Without_a_roster_it_says_so()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var (status, problem) = await ExcuseAsync(service, "2026-11-23", "A", new { by = "chief", reason = "r" });
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("roster.csv", problem["text"]!["zh"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
