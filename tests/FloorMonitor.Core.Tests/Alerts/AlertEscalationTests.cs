using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Alerts.AlertScene;

namespace FloorMonitor.Core.Tests.Alerts;

public sealed class AlertEscalationTests
{
    private readonly AlertScene scene = new();

    [Fact]
    public void Unacknowledged_it_goes_from_the_lead_to_the_duty_to_the_manager_to_the_director_each_in_its_time()
    {
        Assert.Equal(["opened email lead@x"], scene.Change("09:00:00", Late("1001", "09:00:00")));
        Assert.Empty(scene.Tick("09:02:59"));
        Assert.Equal(["escalated email duty@x"], scene.Tick("09:03:00"));
        Assert.Equal("[warning, not acknowledged] N1001 (1001): late 1001", scene.Last.Messages[0].Title);
        Assert.Equal("Nobody has acknowledged it since 17:00:00", scene.Last.Messages[0].Body);
        Assert.Equal(["d"], scene.Last.Screens[0].Browsers);
        Assert.Empty(scene.Tick("09:05:59"));
        Assert.Equal(["escalated email manager@x"], scene.Tick("09:06:00"));
        Assert.Empty(scene.Tick("09:10:59"));
        Assert.Equal(["escalated email boss@x"], scene.Tick("09:11:00"));
        Assert.Empty(scene.Tick("12:00:00"));
    }

    [Fact]
    public void Acknowledged_it_stays_where_it_is_and_the_screens_fall_silent()
    {
        scene.Change("09:00:00", Late("1001", "09:00:00"));
        scene.Tick("09:03:00");
        Assert.Empty(scene.Acknowledge("09:04:00", "Duty"));
        var shown = Assert.Single(scene.Last.Screens);
        Assert.Equal((AlertNews.Acknowledged, AlertSounds.None, "Duty"), (shown.News, shown.Sound, shown.Alert.Acknowledged!.By));
        Assert.Empty(scene.Tick("09:30:00"));
        Assert.Empty(scene.Acknowledge("09:31:00", "somebody else"));
        Assert.Equal("Duty", scene.Only.Acknowledged!.By);
    }

    [Fact]
    public void Who_joins_what_was_acknowledged_is_told_after_the_window_and_has_the_whole_ladder()
    {
        scene.Change("09:00:00", Late("1001", "09:00:00"));
        scene.Acknowledge("09:00:10", "l");
        Assert.Empty(scene.Tick("09:20:00"));
        Assert.Equal(["grew email lead@x"], scene.Change("09:20:01", Late("1002", "09:20:01")));
        Assert.Null(scene.Only.Acknowledged);
        Assert.Empty(scene.Tick("09:23:00"));
        Assert.Equal(["escalated email duty@x"], scene.Tick("09:23:01"));
        scene.Acknowledge("09:24:00", "Duty");
        Assert.Empty(scene.Tick("10:00:00"));
    }

    [Fact]
    public void Who_joined_and_is_over_before_anybody_was_told_leaves_the_acknowledgement_as_it_was()
    {
        scene.Change("09:00:00", Late("1001", "09:00:00"));
        scene.Acknowledge("09:00:10", "l");
        scene.Change("09:00:20", Late("1002", "09:00:20"));
        scene.Change("09:00:25", Closed(Late("1002", "09:00:20"), "09:00:25"));
        Assert.Empty(scene.Tick("09:00:30"));
        Assert.Equal("l", scene.Only.Acknowledged!.By);
        Assert.Empty(scene.Tick("09:30:00"));
    }

    [Fact]
    public void What_the_rule_itself_hands_to_the_supervisor_is_told_there_once_whatever_the_ladder_says()
    {
        scene.Settings = People with { Routes = [new() { To = ["lead"] }] };
        var (first, second) = (Late("1001", "09:00:00", rule: "raised-hand"), Late("1002", "09:00:00", rule: "raised-hand"));
        scene.Change("09:00:00", first, second);
        Assert.Equal(["escalated email sup@x"], scene.Change("09:02:00", first with { GoesTo = "supervisor" }));
        var key = scene.Last.Messages[0].Key;
        Assert.Empty(scene.Change("09:02:30", first with { GoesTo = "supervisor", Text = new("还在", "still") }));
        Assert.Equal(["escalated email sup@x"], scene.Change("09:03:00", second with { GoesTo = "supervisor" }));
        Assert.NotEqual(key, scene.Last.Messages[0].Key);
    }

    [Fact]
    public void A_hand_whose_supervisor_cannot_be_told_is_said_to_have_reached_nobody()
    {
        scene.Settings = People with { People = [], Routes = [new() { To = ["lead"] }] };
        scene.Change("09:00:00", Late("1001", "09:00:00", rule: "raised-hand"));
        scene.Change("09:02:00", Late("1001", "09:00:00", rule: "raised-hand") with { GoesTo = "supervisor" });
        Assert.Single(scene.Last.Unreached);
    }

    [Fact]
    public void When_of_every_open_verdict_somebody_said_that_they_know_the_alert_is_acknowledged_too()
    {
        var (first, second) = (Late("1001", "09:00:00"), Late("1002", "09:00:00"));
        scene.Change("09:00:00", first, second);
        scene.Change("09:01:00", Said(first, VerdictSteps.Acknowledged, "zhou"));
        Assert.Null(scene.Only.Acknowledged);
        scene.Change("09:01:30", Said(second, VerdictSteps.Disputed, "1002"));
        Assert.Null(scene.Only.Acknowledged);
        scene.Change("09:02:00", Said(second, VerdictSteps.Excused, "helen"));
        Assert.Equal("helen", scene.Only.Acknowledged!.By);
        Assert.Equal(AlertNews.Acknowledged, Assert.Single(scene.Last.Screens).News);
        Assert.Empty(scene.Tick("09:30:00"));
        // What is said about it when it is over begins nothing.
        scene.Change("09:31:00", Closed(first, "09:31:00"), Closed(second, "09:31:00"));
        Assert.Empty(scene.Change("09:31:10", Said(Closed(first, "09:31:00"), VerdictSteps.Excused, "helen")));

        static Verdict Said(Verdict verdict, string step, string by) => verdict with { History = [new(verdict.OpenedAt, by, step, new("", ""))] };
    }

    [Fact]
    public void What_is_over_is_passed_on_to_nobody_and_said_to_all_who_heard_of_it()
    {
        var late = Late("1001", "09:00:00");
        scene.Change("09:00:00", late);
        scene.Tick("09:03:00");
        Assert.Equal(["over email lead@x", "over email duty@x"], scene.Change("09:04:00", Closed(late, "09:04:00")));
        Assert.Empty(scene.Tick("09:30:00"));
    }

    [Fact]
    public void A_step_with_nobody_on_it_is_passed_over_at_once()
    {
        scene.Floor = scene.Floor with { Duty = null };
        scene.Change("09:00:00", Late("1001", "09:00:00"));
        Assert.Equal(["escalated email manager@x"], scene.Tick("09:03:00"));
        Assert.Empty(scene.Last.Unreached);
    }

    [Fact]
    public void When_nobody_on_the_whole_ladder_is_there_the_desk_is_told_so()
    {
        scene.Settings = People with { People = [], Groups = [] };
        scene.Floor = scene.Floor with { Duty = null };
        Assert.Empty(scene.Change("09:00:00", Late("2001", "09:00:00")));
        Assert.Equal("late:B", Assert.Single(scene.Last.Unreached).Key);
        Assert.Single(scene.Last.Screens);
        scene.Change("09:00:01", Late("2001", "09:00:01", Severity.Info, "long-call"));
        Assert.Empty(scene.Last.Unreached);
    }

    [Fact]
    public void The_duty_is_whoever_has_it_when_the_step_comes()
    {
        scene.Change("09:00:00", Late("1001", "09:00:00"));
        scene.Floor = scene.Floor with { Duty = new Duty("Manager", At("09:02:00")) };
        Assert.Equal(["escalated email manager@x"], scene.Tick("09:03:00"));
    }

    [Fact]
    public void Channels_that_do_not_want_it_are_spared_the_end()
    {
        scene.Settings = People with { WithoutOver = ["email"] };
        var late = Late("1001", "09:00:00");
        scene.Change("09:00:00", late);
        Assert.Empty(scene.Change("09:04:00", Closed(late, "09:04:00")));
        Assert.Equal(AlertNews.Over, Assert.Single(scene.Last.Screens).News);
    }

    [Fact]
    public void A_monitor_that_stood_still_takes_one_step_and_not_all_of_them_at_once()
    {
        scene.Change("09:00:00", Late("1001", "09:00:00"));
        Assert.Equal(["escalated email duty@x"], scene.Tick("11:00:00"));
        Assert.Equal(["escalated email manager@x"], scene.Tick("11:03:00"));
    }
}
