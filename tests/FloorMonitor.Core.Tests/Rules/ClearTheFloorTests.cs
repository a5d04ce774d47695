using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;
using static FloorMonitor.Core.Tests.Rules.RosterDay;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class ClearTheFloorTests
{
    [Theory]
    [InlineData("18:04:59", 0)]
    [InlineData("18:05:00", 1)]
    [InlineData("18:05:01", 1)]
    public void Signed_out_within_five_minutes_after_the_end(string now, int verdicts)
    {
        var day = Of(new ClearTheFloor()).At("09:00").Joins("1001", "support").Ticks("18:04").Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("18:05"), Severity.Info), (day.Only.OpenedAt, day.Only.Severity));
        Assert.Equal("班次 A 已于 18:00:00 结束,5 分钟内未签出(三·一·2.3)", day.Only.Text.Zh);
        Assert.Equal("Shift A ended at 18:00:00; not signed out within 5 min (D2.3)", day.Only.Text.En);
        day.At("18:07:30").Leaves("1001", "support");
        Assert.Equal((Time("18:07:30"), new TimeSpan(0, 7, 30)), (day.Only.ClosedAt, day.Only.MeasuredTime));
    }

    [Fact]
    public void A_call_over_the_deadline_moves_it_behind_its_wrap_up_and_the_sentence_names_it()
    {
        var day = Of(new ClearTheFloor()).At("09:00").Joins("1001", "support", wrapUpSeconds: 60).At("17:58").Answers("1001", "support", "c1")
            .Ticks("18:09").At("18:10").Completes("1001", "support", "c1").Ticks("18:10:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("18:11");
        Assert.Equal(Time("18:11"), day.Only.OpenedAt);
        Assert.Equal("Shift A ended at 18:00:00; not signed out within 5 min, moved from 18:05:00 behind the call of 17:58:00 (queue support, c1) until 18:10:00 (D2.3)", day.Only.Text.En);
        // Another call after that changes nothing of it.
        day.At("18:12").Answers("1001", "support", "c2").At("18:14").Completes("1001", "support", "c2").Ticks("18:16");
        Assert.Equal(Time("18:11"), day.Only.OpenedAt);
    }

    [Fact]
    public void Overtime_leave_and_a_sign_in_after_the_end_are_no_lingering()
    {
        Assert.Empty(new Day(Setup(Line(), Line(shift: "O", status: RosterStatus.Overtime)), new ClearTheFloor()).At("09:00").Joins("1001", "support").Ticks("18:30").Ticks("20:04:59").Verdicts);
        Assert.Empty(Of(new ClearTheFloor()).At("18:01").Joins("1001", "support").Ticks("18:30").Verdicts);
        Assert.Empty(new Day(Setup(Line(status: RosterStatus.Leave)), new ClearTheFloor()).At("09:00").Joins("1001", "support").Ticks("18:30").Verdicts);
    }

    [Fact]
    public void A_deadline_out_of_sight_is_found_when_the_link_is_back()
    {
        var day = Of(new ClearTheFloor()).At("09:00").Joins("1001", "support").At("18:02").Lost().Ticks("18:08");
        Assert.Empty(day.Verdicts);
        day.At("18:10").Synced(null, Seen("1001", "support") with { SignedInAt = Time("09:00") }).Ticks("18:11");
        Assert.Equal(Time("18:10"), day.Only.OpenedAt);
        Assert.Equal([new Gap(Time("18:05"), Time("18:10"))], day.Only.Gaps);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Who_cannot_sign_out_is_not_blamed_for_staying(bool alsoStaticInSales, int verdicts)
    {
        // The switch's configuration fixes the one queue; only who is in another one as well can leave at all.
        var day = Of(new ClearTheFloor()).At("09:00").Tell(new MemberJoined(Time("09:00"), Pbx, Seen("1001", "support") with { IsStatic = true }))
            .Tell(new MemberJoined(Time("09:00"), Pbx, Seen("1001", "sales") with { IsStatic = alsoStaticInSales })).Ticks("18:06");
        Assert.Equal(verdicts, day.Verdicts.Count);
    }
}
