using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Alerts.AlertScene;

namespace FloorMonitor.Core.Tests.Alerts;

public sealed class AlertRoutingTests
{
    private readonly AlertScene scene = new();

    [Fact]
    public void Without_a_file_everything_is_on_desk_and_wall_and_nothing_leaves_the_house()
    {
        scene.Settings = AlertSettings.Default;
        Assert.Empty(scene.Change("09:00:00", Late("1001", "09:00:00")));
        var shown = Assert.Single(scene.Last.Screens);
        Assert.Equal(["desk", "wall"], shown.Screens);
        Assert.Equal("chime", shown.Sound);
        Assert.Empty(scene.Last.Unreached);
    }

    [Theory]
    [InlineData("late", "1001", Severity.Warning, "opened email lead@x")]
    [InlineData("late", "1001", Severity.Critical, "opened ops")]
    [InlineData("late", "2001", Severity.Warning, "opened email sup@x")]
    [InlineData("away", "1001", Severity.Warning, "opened email boss@x")]
    [InlineData("away", "1001", Severity.Info)]
    public void The_first_route_that_fits_decides(string rule, string agent, Severity severity, params string[] told)
    {
        scene.Settings = People with
        {
            Routes =
            [
                new() { Severities = [Severity.Info], Screens = [] },
                new() { Rules = ["away"], To = ["director"] },
                new() { Severities = [Severity.Critical], To = ["ops"] },
                new() { Teams = ["B"], To = ["supervisor"] },
                new() { To = ["lead"] },
            ],
        };
        Assert.Equal(told, scene.Change("09:00:00", Late(agent, "09:00:00", severity, rule)));
    }

    [Fact]
    public void A_verdict_about_a_queue_or_a_team_is_routed_by_it()
    {
        scene.Settings = People with { Routes = [new() { Queues = ["vip"], To = ["director"] }, new() { Teams = ["B"], To = ["duty"] }] };
        var about = Late("1001", "09:00:00");
        Assert.Equal(["opened email boss@x"], scene.Change("09:00:00", about with { Id = "q", Subject = new("queue", "vip") }));
        Assert.Equal(["opened email duty@x"], scene.Change("09:00:00", about with { Id = "t", Subject = new("team", "B") }));
        Assert.Empty(scene.Change("09:00:00", about with { Id = "f", Subject = new("floor", "hall") }));
    }

    [Fact]
    public void A_shift_is_the_agents_own_by_the_roster_and_else_the_one_that_runs_by_the_clock()
    {
        scene.Settings = People with { Routes = [new() { Shifts = ["N"], To = ["director"] }, new() { To = ["lead"] }] };
        scene.Floor = scene.Floor with
        {
            Setup = scene.Floor.Setup with
            {
                Shifts = [new("A", TimeSpan.FromHours(9), TimeSpan.FromHours(18), []), new("N", TimeSpan.FromHours(22), TimeSpan.FromHours(6), [])],
                Roster = [new(new(2026, 11, 23), "1002", "A", null, RosterStatus.Work)],
            },
        };
        // 21:59:59, 22:00:00 and 06:00:00 in Shanghai.
        Assert.Equal(["opened email lead@x"], scene.Change("13:59:59", Late("1001", "13:59:59")));
        Assert.Equal(["opened email boss@x"], scene.Change("14:00:00", Late("1001", "14:00:00", rule: "away")));
        Assert.Equal(["opened email lead@x"], scene.Change("22:00:00", Late("1001", "22:00:00", rule: "long-call")));
        // At 23:00 by the clock it is N; the one who stayed on from A is A's.
        Assert.Equal(["opened email lead@x"], scene.Change("15:00:00", Late("1002", "15:00:00", rule: "long-hold")));
    }

    [Fact]
    public void The_agents_own_page_and_a_lead_who_is_nobody_elses_contact_get_it_on_their_pages()
    {
        scene.Settings = AlertSettings.Default with { Routes = [new() { To = ["agent", "lead"] }] };
        Assert.Empty(scene.Change("09:00:00", Late("1002", "09:00:00"), Late("1003", "09:00:00")));
        Assert.Equal(["1002", "1003", "1001"], Assert.Single(scene.Last.Screens).Pages);
    }

    [Fact]
    public void What_is_about_the_floor_but_concerns_an_agent_goes_to_that_agents_lead()
    {
        var hand = Late("1002", "09:00:00") with { Id = "hand", Subject = new("floor", "hall"), Concerns = "1002" };
        Assert.Equal(["opened email lead@x"], scene.Change("09:00:00", hand));
        Assert.Equal("【警告】N1002 (1002):迟到 1002", scene.Last.Messages[0].Title);
    }

    [Fact]
    public void Nobody_is_told_the_same_twice_however_many_words_mean_them()
    {
        scene.Settings = People with { Routes = [new() { To = ["duty", "d", "Duty", "ops", "ops"] }] };
        Assert.Equal(["opened email duty@x", "opened ops"], scene.Change("09:00:00", Late("1001", "09:00:00")));
        Assert.Equal(["en", "zh"], scene.Last.Messages.Select(message => message.Target.Language));
        Assert.Equal("[warning] N1001 (1001): late 1001", scene.Last.Messages[0].Title);
    }

    [Fact]
    public void Info_is_gathered_and_sent_as_one_digest()
    {
        scene.Settings = People with { Routes = [new() { To = ["lead"], Digest = true, Screens = ["desk"], Ladder = "up" }], DigestEvery = TimeSpan.FromHours(1) };
        var first = Late("1001", "09:00:00", Severity.Info);
        Assert.Empty(scene.Change("09:00:00", first));
        Assert.Equal(["desk"], Assert.Single(scene.Last.Screens).Screens);
        Assert.Empty(scene.Change("09:00:30", Closed(first, "09:00:30")));
        Assert.Empty(scene.Change("09:20:00", Late("1002", "09:20:00", Severity.Info), Closed(Late("1003", "09:20:00", Severity.Info), "09:20:00")));
        scene.Acknowledge("09:20:01", "l");
        Assert.Empty(scene.Tick("09:59:59"));
        Assert.Equal(["digest email lead@x"], scene.Tick("10:00:00"));
        var digest = Assert.Single(scene.Last.Messages);
        Assert.Equal("【汇总】17:00 至 18:00 共 3 项", digest.Title);
        Assert.Equal("· 17:00 N1001 (1001):迟到 1001\n· 17:20 N1002 (1002):迟到 1002\n· 17:20 N1003 (1003):迟到 1003", digest.Body);
        Assert.Empty(scene.Book.Digests);
        Assert.Empty(scene.Tick("12:00:00"));
    }

    [Fact]
    public void A_group_of_hundreds_is_told_in_a_message_that_can_be_read()
    {
        var many = Enumerable.Range(0, 300).Select(i => Late("1001", "09:00:00") with { Id = $"v{i}" }).ToArray();
        scene.Change("09:00:00", many);
        var message = Assert.Single(scene.Last.Messages);
        Assert.Equal(21, message.Body.Split('\n').Length);
        Assert.EndsWith("…另有 280 项", message.Body, StringComparison.Ordinal);
        scene.Change("09:01:00", [.. many.Select(one => Closed(one, "09:01:00"))]);
        Assert.Empty(scene.Book.Verdicts);
    }
}
