using FloorMonitor.Core.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

public sealed class BusinessDayTests
{
    [Theory]
    [InlineData("Asia/Shanghai", "04:00", "2026-11-22T20:00:00Z", "2026-11-23")]
    [InlineData("Asia/Shanghai", "04:00", "2026-11-22T19:59:59Z", "2026-11-22")]
    [InlineData("Etc/UTC", "00:00", "2026-11-23T00:00:00Z", "2026-11-23")]
    [InlineData("America/New_York", "04:00", "2026-11-23T08:59:59Z", "2026-11-22")]
    [InlineData("America/New_York", "04:00", "2026-11-23T09:00:00Z", "2026-11-23")]
    // The spring change skips 02:00 to 03:00: a day that would begin at 02:30 begins at 03:00, which is 07:00 UTC.
    [InlineData("America/New_York", "02:30", "2026-03-08T06:59:59Z", "2026-03-07")]
    [InlineData("America/New_York", "02:30", "2026-03-08T07:00:00Z", "2026-03-08")]
    // The autumn change repeats 01:00 to 02:00: a day that begins at 01:30 begins once, the first time, and does not go back.
    [InlineData("America/New_York", "01:30", "2026-11-01T05:29:59Z", "2026-10-31")]
    [InlineData("America/New_York", "01:30", "2026-11-01T05:30:00Z", "2026-11-01")]
    [InlineData("America/New_York", "01:30", "2026-11-01T06:10:00Z", "2026-11-01")]
    [InlineData("No/Such_Zone", "04:00", "2026-11-23T04:00:00Z", "2026-11-23")]
    public void A_day_is_its_own_zones_from_day_start_to_day_start(string zone, string start, string at, string day)
    {
        var setup = FloorSetup.Default with { TimeZone = zone, BusinessDayStart = TimeSpan.Parse(start, null) };
        Assert.Equal(DateOnly.Parse(day, null), BusinessDay.Of(setup, DateTimeOffset.Parse(at, null)));
    }

    [Fact]
    public void Days_follow_each_other_without_hole_or_overlap_through_both_changes()
    {
        var setup = FloorSetup.Default with { TimeZone = "Europe/Berlin", BusinessDayStart = TimeSpan.FromHours(2.5) };
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            var (start, next) = (BusinessDay.StartOf(day, setup), BusinessDay.StartOf(day.AddDays(1), setup));
            Assert.InRange((next - start).TotalHours, 23, 25);
            Assert.Equal((day, day), (BusinessDay.Of(setup, start), BusinessDay.Of(setup, next.AddTicks(-1))));
        }
    }

    [Fact]
    public void Counters_begin_anew_at_the_days_exact_start_however_late_the_clock_comes()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").CallerJoins("support", "c1").Answers("wang", "support", "c1", 5);
        floor.At("09:05").Completes("wang", "support", "c1").Tell(new Tick(Time("04:00").AddDays(1).AddMinutes(7)));
        var queue = floor.State.Queues["support"];
        Assert.Equal(new() { Since = Time("04:00").AddDays(1) }, queue.Counters);
        Assert.Equal(Day.AddDays(1), floor.State.BusinessDay);
    }

    [Fact]
    public void A_wrap_up_that_ends_before_the_day_does_is_counted_in_it_and_one_after_it_in_the_next()
    {
        var floor = new Story().At("09:00").Joins("wang", "support", wrapUpSeconds: 60).CallerJoins("support", "c1").Answers("wang", "support", "c1");
        var end = Time("04:00").AddDays(1).AddSeconds(-20);
        floor.Tell(new CallCompleted(end, Pbx, "wang", "support", "c1", TimeSpan.FromHours(19), CallEnd.Caller));
        Assert.Equal(1, floor.State.Queues["support"].Counters.Handled);
        floor.Tell(new Tick(end.AddMinutes(5)));
        Assert.Equal((0, TimeSpan.FromSeconds(60)), (floor.State.Queues["support"].Counters.Handled, floor.State.Queues["support"].Counters.WrappedUp));
        Assert.Equal((AgentState.Available, end.AddSeconds(60)), (floor["wang"].State, floor["wang"].Since));
    }

    [Fact]
    public void Who_waits_across_the_change_is_offered_to_the_new_day()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").CallerJoins("support", "c1").Tell(new Tick(Time("04:00").AddDays(1)));
        Assert.Equal(1, floor.State.Queues["support"].Counters.Offered);
    }

    [Fact]
    public void A_session_and_a_break_go_on_across_the_change_of_day()
    {
        var floor = new Story().At("22:04").Joins("wang", "support").At("23:59:59").Pauses("wang", "support", "short");
        floor.Tell(new Tick(Time("04:00").AddDays(1)));
        Assert.Equal((Time("22:04"), Time("23:59:59")), (floor["wang"].Session!.SignedInAt, floor["wang"].Break!.Since));
    }

    [Fact]
    public void Strangers_who_signed_out_go_at_the_change_of_day_and_the_configured_stay()
    {
        var setup = FloorSetup.Default with { Feeds = [new(Pbx, "ami")], Agents = [new("wang", "Wang", null, "PJSIP/1001")] };
        var floor = new Story(setup).At("09:00").Joins("wang", "support").Joins("pbx:SIP/9", "support").Joins("pbx:SIP/8", "support");
        floor.At("17:00").Leaves("wang", "support").Leaves("pbx:SIP/9", "support").Ticks();
        Assert.Equal(3, floor.State.Agents.Count);
        floor.Tell(new Tick(Time("04:00").AddDays(1)));
        Assert.Equal(["pbx:SIP/8", "wang"], floor.State.Agents.Keys.Order());
    }
}
