using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;
using static FloorMonitor.Core.Tests.Rules.RosterDay;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class AttendanceRateTests
{
    private static RosterLine[] Four => [Line("1001"), Line("1002"), Line("1003"), Line("1004"), Line("1005", status: RosterStatus.Leave)];

    [Theory]
    [InlineData("09:14:59", 0)]
    [InlineData("09:15:00", 1)]
    [InlineData("09:15:01", 1)]
    public void Fifteen_minutes_after_the_start_enough_have_come(string now, int verdicts)
    {
        var day = new Day(Setup(Four), new AttendanceRate()).At("08:50").Joins("1001", "support").Joins("1002", "support").Joins("1003", "support").Ticks("09:10").Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("09:15"), "A", 0.95, 0.75), (day.Only.OpenedAt, day.Only.Subject.Id, day.Only.Threshold, day.Only.Measured));
        Assert.Equal("班组 一班 班次 A(09:00:00 开始)排班 4 人,签入 3 人,出勤率 75%,应不低于 95%(三·二·9.1)", day.Only.Text.Zh);
        Assert.Equal("3 of the 4 rostered of team 一班 came to shift A of 09:00:00: 75%, at least 95% is asked (A9.1)", day.Only.Text.En);
        day.At("09:20").Joins("1004", "support");
        Assert.Equal(Time("09:20"), day.Only.ClosedAt);
    }

    [Fact]
    public void Where_enough_came_nothing_is_gathered_however_large_the_team()
    {
        var day = new Day(Setup(Four), new AttendanceRate()).At("08:50");
        foreach (var agent in new[] { "1001", "1002", "1003", "1004" }) day.Joins(agent, "support");
        day.Ticks("09:16");
        Agent[] few = [day["1001"], day["1002"], day["1003"], day["1004"]];
        Agent[] many = [.. Enumerable.Repeat(few, 100).SelectMany(agents => agents)];
        Assert.Equal(Allocated(few), Allocated(many));

        long Allocated(Agent[] agents)
        {
            var rule = new AttendanceRate();
            var team = day.State.Setup.Teams[0];
            // The first look makes what is kept for all later ones.
            Assert.Null(rule.Judge(team, agents, day.State, day.Now));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Null(rule.Judge(team, agents, day.State, day.Now));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    // 1001 and 1002 work A, 1003 and 1004 work A2, which begins at the same time and ends earlier.
    private static Day Two(AttendanceRate rule, params string[] came)
    {
        var setup = Setup(Line("1001"), Line("1002"), Line("1003", "A2"), Line("1004", "A2"));
        setup = setup with { Shifts = setup.Shifts.Add(new("A2", new(9, 0, 0), new(17, 0, 0), [])) };
        var day = new Day(setup, rule).At("08:50");
        foreach (var agent in came) day.Joins(agent, "support");
        return day.Ticks("09:15");
    }

    [Theory]
    [InlineData("1001", "1002", "A2")]
    [InlineData("1003", "1004", "A")]
    public void Of_two_shifts_that_start_together_each_is_judged(string one, string other, string missed)
    {
        var day = Two(new(), one, other);
        Assert.Equal((0.0, Time("09:15")), (day.Only.Measured, day.Only.OpenedAt));
        Assert.Contains($"班次 {missed}(", day.Only.Text.Zh, StringComparison.Ordinal);
        day.At("09:20").Joins(missed == "A" ? "1001" : "1003", "support").Joins(missed == "A" ? "1002" : "1004", "support");
        Assert.Equal(VerdictStatus.Closed, day.Only.Status);
    }

    [Fact]
    public void Where_both_fall_short_both_are_named_and_the_emptier_one_is_measured()
    {
        var day = Two(new(), "1001");
        Assert.Equal(
            "班组 一班 班次 A(09:00:00 开始)排班 2 人,签入 1 人,出勤率 50%,应不低于 95%;班组 一班 班次 A2(09:00:00 开始)排班 2 人,签入 0 人,出勤率 0%,应不低于 95%(三·二·9.1)",
            day.Only.Text.Zh);
        Assert.Equal(0.0, day.Only.Measured);
    }

    [Fact]
    public void An_override_holds_for_a_shift_or_a_team_the_first_that_fits()
    {
        static RuleOverride For(string kind, string id, AttendanceRate rule) => new(kind, id, rule);
        var half = new AttendanceRate { Min = 0.5 };
        Assert.Empty(Two(new() { Overrides = [For("shift", "A2", half)] }, "1001", "1002", "1003").Verdicts);
        Assert.Equal(0.95, Two(new() { Overrides = [For("shift", "A", half)] }, "1001", "1002", "1003").Only.Threshold);
        Assert.Empty(Two(new() { Overrides = [For("team", "A", half), For("shift", "A2", new())] }, "1001", "1002", "1003").Verdicts);
        Assert.Single(Two(new() { Overrides = [For("shift", "A2", new()), For("team", "A", half)] }, "1001", "1002", "1003").Verdicts);
        Assert.Empty(Two(new() { Enabled = false }).Verdicts);
        var only = Two(new() { Enabled = false, Overrides = [For("shift", "A2", new() { Severity = Severity.Critical })] });
        Assert.Equal((Severity.Critical, 0.0), (only.Only.Severity, only.Only.Measured));
    }

    [Fact]
    public void It_rests_on_the_roster_and_on_the_sign_ins_that_were_counted()
    {
        var day = Two(new(), "1001", "1002", "1003");
        Assert.Equal([1, .. new[] { "1003" }.Select(id => day[id].Session!.Entry)], day.Only.Evidence);
        Assert.IsType<FloorConfigured>(day.Journal.Single(e => e.Entry == day.Only.Evidence[0]));
    }

    [Fact]
    public void Leave_is_not_counted_and_who_came_and_left_has_come()
    {
        var day = new Day(Setup(Four), new AttendanceRate()).At("08:50");
        foreach (var agent in new[] { "1001", "1002", "1003", "1004" }) day.Joins(agent, "support");
        day.At("09:05").Leaves("1004", "support").Ticks("09:16").Ticks("12:00");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void What_nobody_saw_makes_nobody_missing()
    {
        var day = new Day(Setup(Four), new AttendanceRate()).At("08:55").Lost().At("09:10").Synced(null).Ticks("09:24:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("09:25");
        Assert.Equal(Time("09:25"), day.Only.OpenedAt);
        Assert.Equal([new Gap(Time("09:00"), Time("09:10"))], day.Only.Gaps);
        day.Ticks("18:00:01");
        Assert.Equal(VerdictStatus.Closed, day.Only.Status);
    }
}
