using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>What holds of every rule about the floor as a whole, shown on one that asks for somebody on duty.</summary>
public sealed class SiteRuleTests
{
    private static readonly Subject Site = new("floor", "floor");

    [Fact]
    public void It_opens_at_its_own_instant_however_late_the_tick_comes()
    {
        var day = new Day(new SomebodyOnDuty()).Ticks("08:59:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("09:03");
        Assert.Equal((Site, Time("09:00"), VerdictStatus.Open), (day.Only.Subject, day.Only.OpenedAt, day.Only.Status));
    }

    [Fact]
    public void The_duty_that_is_taken_ends_it_at_once_and_a_deadline_that_passed_before_is_not_forgotten()
    {
        var day = new Day(new SomebodyOnDuty()).Ticks("08:59").At("09:02").Tell(new DutyTaken(Time("09:02"), "周海燕"));
        Assert.Equal((Time("09:00"), Time("09:02"), VerdictStatus.Closed), (day.Only.OpenedAt, day.Only.ClosedAt!.Value, day.Only.Status));
    }

    [Fact]
    public void It_is_asked_while_the_link_is_gone()
    {
        var day = new Day(new SomebodyOnDuty()).At("08:30").Lost();
        day.Ticks("09:00");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
    }

    [Fact]
    public void Its_verdict_ends_when_the_rule_or_the_site_is_no_longer_there()
    {
        var day = new Day(new SomebodyOnDuty()).Ticks("09:00");
        day.At("09:01").Tell(new FloorConfigured(day.Now, day.State.Setup with { Site = "elsewhere" }));
        Assert.Equal(VerdictStatus.Closed, day.Verdicts.Values.Single(verdict => verdict.Subject == Site).Status);
        Assert.Equal(VerdictStatus.Open, day.Verdicts.Values.Single(verdict => verdict.Subject.Id == "elsewhere").Status);
    }

    [Fact]
    public void Its_countdown_is_shown()
    {
        var day = new Day(new SomebodyOnDuty()).Ticks("08:30");
        Assert.Equal(Time("09:00"), Assert.Single(new RuleBook([new SomebodyOnDuty()]).Pending(day.State)).OpenedAt);
    }

    private sealed record SomebodyOnDuty : FloorRule, ISiteRule
    {
        public override string Id => "somebody-on-duty";

        public override string Clause => "D3.8";

        public override Text Meaning => new("须有人值班", "Somebody has the duty");

        public Finding? Judge(FloorState floor, DateTimeOffset now) =>
            floor.Duty is null ? new(new("floor", floor.Setup.Site), Time("09:00"), Time("09:00"), Meaning, TimeSpan.Zero, TimeSpan.Zero, [], []) : null;
    }
}
