using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class CallDropsTests
{
    [Theory]
    [InlineData(95, 5, 0)] // exactly 5 %
    [InlineData(94, 5, 1)]
    [InlineData(10, 4, 0)] // four are chance
    public void It_opens_above_the_share_and_not_at_it_and_not_under_five(int well, int broken, int verdicts)
    {
        var day = Calls(well, broken, TimeSpan.FromSeconds(60), HangupCause.Network);
        Assert.Equal(verdicts, day.Verdicts.Count);
    }

    [Theory]
    [InlineData(5_000, 1)]
    [InlineData(5_001, 0)]
    public void A_talk_that_ends_within_five_seconds_of_the_answer_broke_off(int talkedMs, int verdicts) =>
        Assert.Equal(verdicts, Calls(20, 5, TimeSpan.FromMilliseconds(talkedMs), HangupCause.Unknown).Verdicts.Count);

    [Fact]
    public void The_call_that_is_one_too_many_is_its_instant_and_the_broken_ones_its_evidence()
    {
        var day = Calls(20, 5, TimeSpan.FromSeconds(60), HangupCause.Network);
        Assert.Equal((day.Journal.OfType<CallHungUp>().Last().At, Severity.Critical, 0.05, 0.2), (day.Only.OpenedAt, day.Only.Severity, day.Only.Threshold!.Value, day.Only.Measured!.Value));
        Assert.Equal(day.Journal.OfType<CallHungUp>().Select(e => e.Entry), day.Only.Evidence.ToArray());
        Assert.Equal("近 10 分钟结束的 25 通通话中 5 通异常中断(20%),上限 5%;网络原因 5 通,其余在接通 5 秒内结束(一·三·4.8)", day.Only.Text.Zh);
        Assert.Equal("5 of the 25 calls that ended in the last 10 min broke off (20%), at most 5% should; 5 by the network, the others within 5 s of the answer (P4.8)", day.Only.Text.En);
    }

    [Fact]
    public void They_are_forgotten_after_ten_minutes()
    {
        var day = Calls(20, 5, TimeSpan.FromSeconds(60), HangupCause.Network);
        var last = Traffic.StartOf(Traffic.MinuteOf(day.Now));
        day.At(last.AddMinutes(10).AddMilliseconds(-1)).Ticks();
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        day.At(last.AddMinutes(10)).Ticks();
        Assert.Equal(VerdictStatus.Closed, day.Only.Status);
    }

    [Fact]
    public void A_quick_transfer_is_no_drop()
    {
        var day = new Day(new CallDrops()).At("09:00").Joins("1001", "support");
        for (var i = 0; i < 8; i++)
        {
            day.At(Time("10:00").AddSeconds(10 * i)).Answers("1001", "support", $"c{i}").At(day.Now.AddSeconds(3));
            day.Tell(new CallCompleted(day.Now, Pbx, "1001", "support", $"c{i}", TimeSpan.FromSeconds(3), CallEnd.Transferred)).Ticks();
        }

        Assert.Empty(day.Verdicts);
    }

    [Theory]
    [InlineData("complete hangup")]
    [InlineData("hangup complete")]
    [InlineData("leg complete hangup hangup complete")]
    [InlineData("idle hangup complete leg")]
    public void However_a_broken_call_is_told_it_is_counted_once(string order)
    {
        var day = new Day(new CallDrops()).At("09:00").Joins("1001", "support").At("10:00").Answers("1001", "support", "c1").At("10:00:02");
        foreach (var word in order.Split(' '))
        {
            _ = word switch
            {
                "complete" => day.Completes("1001", "support", "c1"),
                "idle" => day.Phone("1001", "support", PhoneState.Idle),
                "leg" => day.Tell(new CallHungUp(day.Now, Pbx, "leg-7") { Of = "c1", Cause = HangupCause.Network }),
                _ => day.Tell(new CallHungUp(day.Now, Pbx, "c1") { Cause = HangupCause.Network }),
            };
        }

        Assert.Equal((1, 1), day.State.Health.Endings.Sum(Traffic.MinuteOf(day.Now), 10, 5));
        Assert.Equal(1, day.State.Health.Endings.Running.Network);
    }

    [Fact]
    public void A_dialled_call_counts_by_how_it_ended_and_one_that_nobody_took_only_where_the_network_says_so()
    {
        var day = new Day(new CallDrops()).At("09:00").Joins("1001", "support").At("10:00");
        void Dial(string id, bool answered, int talked, HangupCause cause)
        {
            day.Tell(new CallDialed(day.Now, Pbx, id, id, "1001", null, CallDirection.Outbound, "1380000"));
            if (answered) day.Tell(new CallPickedUp(day.Now, Pbx, id));
            day.At(day.Now.AddSeconds(talked)).Tell(new CallHungUp(day.Now, Pbx, id) { Cause = cause });
        }

        Dial("busy", false, 3, HangupCause.Normal);
        Assert.Equal((0, 0), Sum(day));
        Dial("no-trunk", false, 3, HangupCause.Network);
        Assert.Equal((1, 1), Sum(day));
        Dial("well", true, 30, HangupCause.Normal);
        Dial("quick", true, 2, HangupCause.Normal);
        Dial("cut", true, 30, HangupCause.Network);
        Assert.Equal((4, 3), Sum(day));
        day.Tell(new CallHungUp(day.Now, Pbx, "cut") { Cause = HangupCause.Network });
        Assert.Equal((4, 3), Sum(day));
    }

    [Fact]
    public void A_hang_up_of_a_call_that_nobody_knows_is_no_news()
    {
        var day = new Day(new CallDrops()).At("10:00").Joins("1001", "support");
        var before = day.State;
        day.Tell(new CallHungUp(day.Now, Pbx, "other") { Cause = HangupCause.Network });
        Assert.Same(before, day.State);
    }

    private static (int, int) Sum(Day day) => day.State.Health.Endings.Sum(Traffic.MinuteOf(day.Now), 10, 5);

    private static Day Calls(int well, int broken, TimeSpan talked, HangupCause cause)
    {
        var day = new Day(new CallDrops()).At("09:00");
        for (var i = 0; i < well + broken; i++) day.Joins($"{i}", "support");
        day.At("10:00");
        for (var i = 0; i < well; i++) day.Answers($"{i}", "support", $"c{i}");
        day.At("10:01");
        for (var i = 0; i < well; i++) day.Completes($"{i}", "support", $"c{i}");
        day.At("10:01:30");
        for (var i = well; i < well + broken; i++) day.Answers($"{i}", "support", $"c{i}");
        day.At(Time("10:01:30") + talked);
        for (var i = well; i < well + broken; i++)
        {
            day.Completes($"{i}", "support", $"c{i}");
            if (cause == HangupCause.Network) day.Tell(new CallHungUp(day.Now, Pbx, $"c{i}") { Cause = cause });
        }

        return day.Ticks();
    }
}
