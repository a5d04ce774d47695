using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;
using static FloorMonitor.Core.Tests.Rules.RosterDay;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class MusterTests
{
    [Theory]
    [InlineData("08:49:59", 0)]
    [InlineData("08:50:00", 0)]
    [InlineData("08:50:01", 1)]
    public void Presence_is_due_ten_minutes_before_the_start(string now, int verdicts)
    {
        var day = Of(new Muster()).Ticks("08:49").Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("08:50"), Severity.Info), (day.Only.OpenedAt, day.Only.Severity));
        Assert.Equal("班次 A 于 09:00:00 开始,须于 08:50:00 前到岗,未签到(三·一·2.1)", day.Only.Text.Zh);
        day.Ticks("09:00:01");
        Assert.Equal((Time("09:00"), TimeSpan.FromMinutes(10)), (day.Only.ClosedAt, day.Only.MeasuredTime));
    }

    [Theory]
    [InlineData("08:50:00", "1001", 0)]
    [InlineData("08:40:00", "1002", 0)]
    [InlineData("08:54:00", "1002", 1)]
    public void A_check_in_or_a_roll_call_is_presence(string at, string by, int verdicts)
    {
        var day = Of(new Muster()).At(at);
        day.Tell(new AgentMustered(day.Now, "1001", by)).Ticks("08:58");
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("08:54"), TimeSpan.FromMinutes(4)), (day.Only.ClosedAt, day.Only.MeasuredTime));
        Assert.Equal("Shift A starts at 09:00:00; presence was due at 08:50:00, came at 08:54:00 (D2.1)", day.Only.Text.En);
        Assert.Equal(2, day.Only.Evidence.Count);
    }

    [Fact]
    public void A_sign_in_is_presence_too_and_what_nobody_could_see_is_no_absence()
    {
        Assert.Empty(Of(new Muster()).At("08:45").Joins("1001", "support").Ticks("08:55").Verdicts);
        Assert.Empty(Of(new Muster()).At("08:45").Lost().Ticks("08:52").At("08:53").Synced(null).Ticks("08:59").Verdicts);
        Assert.Empty(new Day(Setup(Line(status: RosterStatus.Leave)), new Muster()).Ticks("08:55").Verdicts);
    }

    [Theory]
    [InlineData("06:59:59", false, "最早提前 2 小时签到")]
    [InlineData("07:00:00", true, "")]
    [InlineData("17:59:59", true, "")]
    [InlineData("18:00:00", false, "没有可签到的班次")]
    public void The_gate_takes_a_check_in_from_two_hours_before_until_the_end(string at, bool granted, string why)
    {
        var answer = Of().At(at).Ask(new CheckIn("1001", "1001"));
        if (granted) Assert.IsType<Granted>(answer);
        else Assert.Contains(why, Assert.IsType<Refused>(answer).Text.Zh, StringComparison.Ordinal);
        if (at == "06:59:59") Assert.Equal(Time("07:00"), ((Refused)answer).AllowedAt);
    }

    [Fact]
    public void A_roll_is_called_by_another_a_check_in_is_ones_own_and_once_is_enough()
    {
        var day = Of().At("08:45");
        Assert.IsType<Refused>(day.Ask(new CheckIn("1001", "1002")));
        Assert.IsType<Refused>(day.Ask(new RollCall("1001", "1001")));
        Assert.IsType<Granted>(day.Ask(new RollCall("1001", "1002")));
        day.Tell(new AgentMustered(day.Now, "1001", "1002")).At("08:46").Tell(new AgentMustered(Time("08:46"), "1001", "1001"));
        Assert.Equal((Time("08:45"), "1002"), (day["1001"].Attendance!.MusteredAt, day["1001"].Attendance!.MusteredBy));
        Assert.Equal("Present already since 08:45:00", Assert.IsType<Refused>(day.Ask(new CheckIn("1001", "1001"))).Text.En);
        Assert.IsType<Refused>(day.Ask(new CheckIn("1002", "1002")));
    }
}
