using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;
using static FloorMonitor.Core.Tests.Rules.RosterDay;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class AssignedSeatTests
{
    [Theory]
    [InlineData("8001", "08:50", "09:00:00", 1)]
    [InlineData("8001", "08:50", "08:59:59", 0)]
    [InlineData("8001", "09:10", "09:10:01", 1)]
    [InlineData("1001", "08:50", "09:10:00", 0)]
    [InlineData(null, "08:50", "09:10:00", 0)]
    public void Signed_in_elsewhere_than_the_roster_says(string? seat, string signIn, string now, int verdicts)
    {
        var day = new Day(Setup(Line(seat: seat)), new AssignedSeat()).At(signIn).Joins("1001", "support").Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((signIn == "08:50" ? Time("09:00") : Time("09:10"), Severity.Info), (day.Only.OpenedAt, day.Only.Severity));
        Assert.Equal("班次 A 排在座位 8001,实际在座位 1001 签入(三·一·2.2)", day.Only.Text.Zh);
        Assert.Equal("Signed in at seat 1001; the roster gives seat 8001 for shift A (D2.2)", day.Only.Text.En);
        day.Ticks("18:00:01");
        Assert.Equal(Time("18:00"), day.Only.ClosedAt);
    }

    [Fact]
    public void It_ends_with_the_session()
    {
        var day = new Day(Setup(Line(seat: "8001")), new AssignedSeat()).At("09:00").Joins("1001", "support").Ticks("09:01").At("10:00").Leaves("1001", "support");
        Assert.Equal(Time("10:00"), day.Only.ClosedAt);
    }

    [Fact]
    public void Where_they_sat_while_nobody_saw_is_not_held_against_them()
    {
        var day = new Day(Setup(Line(seat: "8001")), new AssignedSeat()).At("08:50").Joins("1001", "support").At("08:55").Lost()
            .At("09:10").Synced(null, Seen("1001", "support") with { SignedInAt = Time("08:50") }).Ticks("09:11");
        Assert.Equal(Time("09:10"), day.Only.OpenedAt);
        Assert.Equal([new Gap(Time("09:00"), Time("09:10"))], day.Only.Gaps);
    }
}
