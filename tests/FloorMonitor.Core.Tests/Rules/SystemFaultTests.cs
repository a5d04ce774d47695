using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class SystemFaultTests
{
    [Theory]
    [InlineData("10:00:04.999", 0)]
    [InlineData("10:00:05", 1)]
    [InlineData("10:00:06", 1)]
    public void A_link_that_is_down_for_five_seconds_is_a_fault_though_nobody_sees_anything(string now, int verdicts)
    {
        var day = new Day(new SystemFault()).At("10:00").Lost().Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("10:00:05"), Severity.Critical, new Subject("floor", "floor")), (day.Only.OpenedAt, day.Only.Severity, day.Only.Subject));
        Assert.Equal("与 pbx 的连接自 10:00:00 起中断,已超过 5 秒 (cut)(一·三·4.8、三·一·5.10)", day.Only.Text.Zh);
        Assert.Equal("The link to pbx has been down since 10:00:00, over 5 s (cut) (P4.8, D5.10)", day.Only.Text.En);
        Assert.Equal([day.Journal.OfType<FeedLost>().Single().Entry], day.Only.Evidence.ToArray());
    }

    [Fact]
    public void It_ends_when_the_link_is_back_and_attempts_in_vain_move_nothing()
    {
        var day = new Day(new SystemFault()).At("10:00").Lost().At("10:00:02").Tell(new FeedConnecting(Time("10:00:02"), Pbx)).At("10:00:03").Lost();
        day.Ticks("10:00:05").At("10:01:05").Synced(null);
        Assert.Equal((Time("10:00:05"), Time("10:01:05"), TimeSpan.FromSeconds(65)), (day.Only.OpenedAt, day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    [Fact]
    public void A_link_that_is_back_before_anybody_looked_is_found_all_the_same()
    {
        var day = new Day(new SystemFault()).At("10:00").Lost().At("10:00:07").Synced(null);
        Assert.Equal((Time("10:00:05"), Time("10:00:07")), (day.Only.OpenedAt, day.Only.ClosedAt!.Value));
    }

    [Fact]
    public void The_monitors_own_absence_is_no_fault_of_the_link_until_it_is_there_and_the_link_is_not()
    {
        var day = new Day(new SystemFault()).At("10:00");
        day.Tell(new FeedLost(day.Now, Pbx, "the monitor was not running") { MonitorAway = true }).At("11:00");
        day.Tell(new FloorConfigured(day.Now, day.State.Setup)).Ticks();
        Assert.Empty(day.Verdicts);
        day.Tell(new FeedConnecting(day.Now, Pbx)).Ticks("11:00:04.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("11:00:05");
        Assert.Equal(Time("11:00:05"), day.Only.OpenedAt);
    }

    [Fact]
    public void A_switch_that_was_never_there_is_not_lost()
    {
        var day = new Day(FloorSetup.Default with { Feeds = [new(Pbx, "ami"), new("other", "ami")] }, new SystemFault()).At("10:00");
        day.Tell(new FeedConnecting(day.Now, "other")).Tell(new FeedLost(day.Now, "other", "refused")).Ticks("10:10");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void A_store_that_does_not_answer_is_a_fault_until_it_does()
    {
        var day = new Day(new SystemFault()).At("10:00").Tell(new StoreLost(Time("10:00"), "no answer")).Ticks("10:00:04.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:00:05");
        Assert.Equal("The store has not answered since 10:00:00, over 5 s (P4.8, D5.10)", day.Only.Text.En);
        day.At("10:02").Tell(new StoreLost(Time("10:02"), "still")).Tell(new StoreFound(Time("10:02"))).Ticks();
        Assert.Equal((Time("10:00:05"), VerdictStatus.Closed), (day.Only.OpenedAt, day.Only.Status));
    }

    [Fact]
    public void Two_faults_at_once_are_one_verdict_that_names_both()
    {
        var day = new Day(new SystemFault()).At("10:00").Lost().At("10:00:10").Tell(new StoreLost(Time("10:00:10"), "")).Ticks("10:00:20");
        Assert.Contains("pbx", day.Only.Text.En, StringComparison.Ordinal);
        Assert.Contains("store", day.Only.Text.En, StringComparison.Ordinal);
        Assert.Equal((Time("10:00:05"), 2), (day.Only.OpenedAt, day.Only.Evidence.Count));
        day.At("10:01").Synced(null).Ticks();
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        Assert.DoesNotContain("pbx", day.Only.Text.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 4, 0)] // exactly a fifth
    [InlineData(20, 5, 1)]
    [InlineData(19, 4, 1)]
    [InlineData(4, 2, 0)] // half of them, and no more than two
    public void Many_phones_gone_at_once_are_a_fault(int signedIn, int gone, int verdicts)
    {
        var day = SignedIn(signedIn);
        for (var i = 0; i < gone; i++) day.At(Time("10:00").AddSeconds(i)).Phone($"{i}", "support", PhoneState.Unreachable).Ticks();
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts > 0) Assert.Equal(Time("10:00").AddSeconds(gone - 1), day.Only.OpenedAt);
    }

    [Theory]
    [InlineData(15, 1)] // five within exactly a minute
    [InlineData(16, 0)]
    public void They_are_gone_together_within_a_minute(int apart, int verdicts)
    {
        var day = SignedIn(20);
        for (var i = 0; i < 5; i++) day.At(Time("10:00").AddSeconds(i * apart)).Phone($"{i}", "support", PhoneState.Unreachable).Ticks();
        Assert.Equal(verdicts, day.Verdicts.Count);
    }

    [Fact]
    public void It_ends_when_enough_are_back_and_says_how_many_are_missing()
    {
        var day = SignedIn(20);
        for (var i = 0; i < 6; i++) day.At(Time("10:00").AddSeconds(i)).Phone($"{i}", "support", PhoneState.Unreachable).Ticks();
        Assert.Equal("6 phones have gone since 10:00:00, 30% of the 20 signed in; more than 20% within 60 s is a fault (P4.8, D5.10)", day.Only.Text.En);
        Assert.Equal("自 10:00:00 起 6 部话机离线,占签入的 30%(20 部),60 秒内上限 20%(一·三·4.8、三·一·5.10)", day.Only.Text.Zh);
        Assert.Equal(6, day.Only.Evidence.Count);
        day.At("10:05").Phone("0", "support", PhoneState.Idle).Ticks();
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        day.At("10:06").Phone("1", "support", PhoneState.Idle).Ticks();
        Assert.Equal((VerdictStatus.Closed, Time("10:06")), (day.Only.Status, day.Only.ClosedAt!.Value));
    }

    [Fact]
    public void Static_members_are_gone_though_the_floor_counts_them_signed_out_and_who_signs_out_is_not()
    {
        var day = new Day(new SystemFault()).At("09:00");
        for (var i = 0; i < 10; i++) day.Tell(new MemberJoined(day.Now, Pbx, Seen($"{i}", "support") with { IsStatic = true }));
        for (var i = 0; i < 3; i++) day.At(Time("10:00").AddSeconds(i)).Phone($"{i}", "support", PhoneState.Unreachable).Ticks();
        Assert.Equal((Time("10:00:02"), 0.3), (day.Only.OpenedAt, day.Only.Measured!.Value));

        var leaving = SignedIn(10);
        for (var i = 0; i < 8; i++) leaving.At(Time("18:00").AddSeconds(i)).Leaves($"{i}", "support").Ticks();
        Assert.Empty(leaving.Verdicts);
    }

    [Fact]
    public void After_half_an_hour_it_is_the_matter_of_those_agents()
    {
        var day = SignedIn(10);
        for (var i = 0; i < 3; i++) day.At("10:00").Phone($"{i}", "support", PhoneState.Unreachable);
        day.Ticks().Ticks("10:30");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        day.Ticks("10:30:00.500");
        Assert.Equal(VerdictStatus.Closed, day.Only.Status);
    }

    private static Day SignedIn(int agents)
    {
        var day = new Day(new SystemFault()).At("09:00");
        for (var i = 0; i < agents; i++) day.Joins($"{i}", "support");
        return day;
    }
}
