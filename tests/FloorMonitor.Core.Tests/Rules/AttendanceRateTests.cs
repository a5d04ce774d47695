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
