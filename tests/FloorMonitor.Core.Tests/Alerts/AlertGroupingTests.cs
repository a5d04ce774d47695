using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Alerts.AlertScene;

namespace FloorMonitor.Core.Tests.Alerts;

public sealed class AlertGroupingTests
{
    private readonly AlertScene scene = new();

    [Fact]
    public void Twelve_late_comers_of_a_team_are_one_message_not_twelve()
    {
        var twelve = Enumerable.Range(0, 12).Select(i => Late($"10{i + 10}", "09:03:00")).ToArray();
        scene.Floor = scene.Floor with { Agents = scene.Floor.Agents.AddRange(twelve.Select(late => KeyValuePair.Create(late.Subject.Id, scene.Floor.Agents["1001"] with { Id = late.Subject.Id }))) };
        Assert.Equal(["opened email lead@x"], scene.Change("09:03:00", twelve));
        var message = Assert.Single(scene.Last.Messages);
        Assert.StartsWith("【警告】客服一班 共 12 项:", message.Title, StringComparison.Ordinal);
        Assert.Equal(12, message.Body.Split('\n').Length);
        Assert.Equal(12, message.Verdicts.Count);
        Assert.Single(scene.Last.Screens);
    }

    [Fact]
    public void What_comes_one_by_one_is_sent_once_at_first_and_once_more_when_the_window_ends()
    {
        Assert.Equal(["opened email lead@x"], scene.Change("09:03:00", Late("1001", "09:03:00")));
        Assert.Empty(scene.Change("09:03:05", Late("1002", "09:03:05")));
        Assert.Empty(scene.Change("09:03:29", Late("1003", "09:03:29")));
        Assert.Empty(scene.Tick("09:03:29"));
        Assert.Equal(["grew email lead@x"], scene.Tick("09:03:30"));
        Assert.Contains("共 3 项", scene.Last.Messages[0].Title, StringComparison.Ordinal);
        Assert.Equal(["escalated email duty@x"], scene.Tick("09:20:00"));
    }

    [Fact]
    public void Later_growth_waits_for_the_cooldown()
    {
        // Without a ladder: what it says meanwhile is another test's.
        scene.Settings = People with { Routes = [new() { To = ["lead"] }] };
        scene.Change("09:00:00", Late("1001", "09:00:00"));
        scene.Change("09:00:20", Late("1002", "09:00:20"));
        Assert.Equal(["grew email lead@x"], scene.Tick("09:00:30"));
        Assert.Empty(scene.Change("09:01:30", Late("1003", "09:01:30")));
        Assert.Empty(scene.Tick("09:10:29"));
        Assert.Equal(["grew email lead@x"], scene.Tick("09:10:30"));
    }

    [Fact]
    public void What_is_over_before_the_window_ends_is_not_told()
    {
        scene.Change("09:03:00", Late("1001", "09:03:00"));
        var second = Late("1002", "09:03:05");
        scene.Change("09:03:05", second);
        scene.Change("09:03:10", Closed(second, "09:03:10"));
        Assert.Empty(scene.Tick("09:03:30"));
    }

    [Fact]
    public void When_the_last_is_over_everybody_who_was_told_hears_it_once()
    {
        var (first, second) = (Late("1001", "09:03:00"), Late("1002", "09:03:00"));
        scene.Change("09:03:00", first, second);
        Assert.Empty(scene.Change("09:04:00", Closed(first, "09:04:00")));
        Assert.Equal(["over email lead@x"], scene.Change("09:05:00", Closed(second, "09:05:00")));
        Assert.Equal(At("09:05:00"), Assert.Single(scene.Last.Ended).ClosedAt);
        Assert.Equal(AlertNews.Over, Assert.Single(scene.Last.Screens).News);
        Assert.Empty(scene.Tick("09:05:30"));
        scene.Tick("09:13:00");
        Assert.Empty(scene.Book.Alerts);
    }

    [Fact]
    public void The_same_again_within_the_cooldown_is_hushed_and_told_when_it_lasts()
    {
        var first = Late("1001", "09:00:00");
        scene.Change("09:00:00", first);
        scene.Change("09:01:00", Closed(first, "09:01:00"));
        Assert.Empty(scene.Change("09:02:00", Late("1001", "09:02:00")));
        Assert.Empty(scene.Tick("09:05:00"));
        Assert.Equal(["opened email lead@x"], scene.Tick("09:10:00"));
    }

    [Fact]
    public void What_happens_to_somebody_else_when_it_was_over_is_not_hushed()
    {
        var first = Late("1001", "09:00:00");
        scene.Change("09:00:00", first);
        scene.Change("09:01:00", Closed(first, "09:01:00"));
        Assert.Equal(["opened email lead@x"], scene.Change("09:03:00", Late("1002", "09:03:00")));
        Assert.Equal(["escalated email duty@x"], scene.Tick("09:06:00"));
        // Of that one the lead was told, too: the same again waits.
        scene.Change("09:07:00", Closed(Late("1002", "09:03:00"), "09:07:00"));
        Assert.Empty(scene.Change("09:08:00", Late("1001", "09:08:00")));
    }

    [Fact]
    public void What_is_critical_is_never_hushed_by_what_was_before()
    {
        var first = Late("1001", "09:00:00", Severity.Critical);
        scene.Change("09:00:00", first);
        scene.Change("09:01:00", Closed(first, "09:01:00"));
        Assert.Equal(["opened email lead@x"], scene.Change("09:02:00", Late("1001", "09:02:00", Severity.Critical)));
    }

    [Fact]
    public void What_grows_graver_is_told_at_once_and_an_acknowledgement_of_the_lighter_does_not_cover_it()
    {
        var late = Late("1001", "09:03:00");
        scene.Change("09:03:00", late);
        scene.Acknowledge("09:03:05", "l");
        Assert.Equal(["opened email lead@x"], scene.Change("09:03:10", late with { Severity = Severity.Critical }));
        Assert.StartsWith("【严重】", scene.Last.Messages[0].Title, StringComparison.Ordinal);
        Assert.Null(scene.Only.Acknowledged);
        Assert.Empty(scene.Change("09:03:20", late with { Severity = Severity.Critical, Text = new("还在", "still") }));
    }

    [Fact]
    public void What_came_and_went_within_a_tick_is_told_and_not_declared_over_as_well()
    {
        var late = Late("1001", "09:03:00");
        Assert.Equal(["opened email lead@x"], scene.Change("09:03:01", Closed(late, "09:03:00")));
        Assert.Single(scene.Last.Ended);
        // A step in the history of something long over is no news.
        Assert.Empty(scene.Change("10:00:00", Closed(Late("1002", "09:00:00"), "09:10:00")));
    }

    [Theory]
    [InlineData(AlertGrouping.Team, 2)]
    [InlineData(AlertGrouping.Subject, 3)]
    [InlineData(AlertGrouping.Rule, 1)]
    public void What_belongs_together_is_for_the_file_to_say(AlertGrouping grouping, int alerts)
    {
        scene.Settings = People with { Grouping = grouping };
        scene.Change("09:03:00", Late("1001", "09:03:00"), Late("1002", "09:03:00"), Late("2001", "09:03:00"));
        Assert.Equal(alerts, scene.Book.Alerts.Count);
    }

    [Fact]
    public void The_same_inputs_lead_to_the_same_keys()
    {
        var again = new AlertScene();
        foreach (var one in new[] { scene, again })
        {
            one.Change("09:03:00", Late("1002", "09:03:00"), Late("1001", "09:03:00"));
            one.Tick("09:06:00");
        }

        Assert.Equal(scene.Last.Messages, again.Last.Messages);
        Assert.Equal("late:A:20261123T090300.000Z#1.step-1@email:duty@x", scene.Last.Messages[0].Key);
    }

    [Fact]
    public void After_a_restart_what_opened_and_closed_unheard_is_made_up_for()
    {
        var (gone, stays, fresh) = (Late("1001", "09:00:00"), Late("1002", "09:00:00"), Late("2001", "09:01:00"));
        scene.Change("09:00:00", gone, stays);
        scene.Floor = scene.Floor with { Verdicts = scene.Floor.Verdicts.Add(stays.Id, stays).Add(fresh.Id, fresh) };
        // Team B has no lead: its alert goes up the ladder at once.
        Assert.Equal(["opened email lead@x", "escalated email duty@x"], [.. new[] { "opened email lead@x" }, .. scene.Decide(new FloorFound(At("09:02:00")))]);
        Assert.Equal(1, scene.Book.Alerts["late:A"].OpenCount);
        Assert.Empty(scene.Decide(new FloorFound(At("09:02:01"))));
    }
}
