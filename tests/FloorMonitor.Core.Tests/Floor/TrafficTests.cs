using CsCheck;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>A queue's minutes: what came, what became of it, and what of them was seen.</summary>
public sealed class TrafficTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void A_call_is_offered_in_the_minute_it_came_and_decided_in_the_minute_it_was_decided()
    {
        var floor = Ready().At("09:00:59.999").CallerJoins("support", "c1").At("09:01:00").CallerJoins("support", "c2");
        floor.At("09:01:30").Answers("wang", "support", "c1", 30).CallerLeaves("support", "c1").At("09:02:00").Abandons("support", "c2", 60);
        Assert.Equal(new(1, 0, 0, 0, 0, 0), In(floor, "09:00"));
        Assert.Equal(new(1, 1, 0, 0, 0, 0), In(floor, "09:01"));
        Assert.Equal(new(0, 0, 0, 1, 0, 0), In(floor, "09:02"));
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(21, 0)]
    public void In_time_is_up_to_the_threshold(int waited, int within)
    {
        var floor = Ready().At("09:00").CallerJoins("support", "c1").CallerJoins("support", "c2").At("09:01");
        floor.Answers("wang", "support", "c1", waited).Abandons("support", "c2", waited);
        Assert.Equal(new(0, 1, within, 1, within, 0), In(floor, "09:01"));
    }

    [Theory]
    [InlineData("leave abandon")]
    [InlineData("abandon leave")]
    [InlineData("leave answer")]
    [InlineData("answer leave")]
    [InlineData("abandon answer leave")]
    public void The_order_in_which_a_switch_tells_of_one_caller_counts_it_once(string order)
    {
        var floor = Ready().At("09:00").CallerJoins("support", "c1").At("09:00:10");
        foreach (var word in order.Split(' '))
        {
            _ = word switch
            {
                "leave" => floor.CallerLeaves("support", "c1"),
                "abandon" => floor.Abandons("support", "c1", 10),
                _ => floor.Answers("wang", "support", "c1", 10),
            };
        }

        var counts = In(floor.At("09:00:20").Ticks(), "09:00");
        var repeats = order == "abandon answer leave" ? 1 : 0;
        Assert.Equal((1 + repeats, 1 + repeats, 0), (counts.Offered, Formulas.Decided(counts), counts.LeftOtherwise));
    }

    [Fact]
    public void A_leave_without_a_reason_is_decided_when_none_came()
    {
        var floor = Ready().At("09:00:30").CallerJoins("support", "c1").At("09:00:58").CallerLeaves("support", "c1").At("09:05").Ticks();
        Assert.Equal(new(0, 0, 0, 0, 0, 1), In(floor, "09:01"));
        Assert.Equal((Time("09:01:00"), CallOutcome.LeftOtherwise), (Of(floor).ChangedAt, Assert.Single(Of(floor).Weighing.ToArrayForTest()).Outcome));
    }

    [Fact]
    public void Of_the_last_half_hour_nothing_older_is_kept_and_nothing_newer_is_lost()
    {
        var floor = Ready();
        for (var minute = 0; minute < 200; minute++) floor.At(At("09:00", minute)).CallerJoins("support", $"c{minute}").Abandons("support", $"c{minute}", 5);
        Assert.Equal(Traffic.MinutesKept - 1, Of(floor).Past.Count);
        Assert.Equal(30, Of(floor).Sum(Traffic.MinuteOf(floor.Now), 30).Abandoned);
        Assert.Equal(5, Of(floor).Sum(Traffic.MinuteOf(floor.Now), 5).Abandoned);
        Assert.Equal(0, Of(floor).Sum(Traffic.MinuteOf(floor.Now) + 30, 30).Offered);
        Assert.Equal((Traffic.CallsKept, Traffic.CallsKept), (Of(floor).Arrivals.Count, Of(floor).Weighing.Count));
    }

    [Fact]
    public void Many_late_answers_do_not_push_out_the_few_who_gave_up()
    {
        var floor = Ready().At("09:00").CallerJoins("support", "gone").At("09:01").Abandons("support", "gone", 60);
        for (var i = 0; i < 50; i++) floor.At(At("09:02", i)).CallerJoins("support", $"c{i}").Answers("wang", "support", $"c{i}", 40).Completes("wang", "support", $"c{i}");
        Assert.Equal(CallOutcome.Abandoned, Of(floor).Weighing[0].Outcome);
        Assert.Equal(Traffic.CallsKept + 1, Of(floor).Weighing.Count);
    }

    [Fact]
    public void The_business_day_begins_in_the_middle_of_a_window_and_the_window_stays_whole()
    {
        var floor = Ready().At("09:00").CallerJoins("support", "c1");
        var before = Time("04:00").AddDays(1).AddMinutes(-1);
        floor.At(before).Tell(new CallerJoined(before, Pbx, "support", "c2", null)).At(before.AddMinutes(2)).Abandons("support", "c2", 120);
        Assert.Equal(1, floor.State.Queues["support"].Counters.Abandoned);
        Assert.Equal(new(1, 0, 0, 1, 0, 0), Of(floor).Sum(Traffic.MinuteOf(floor.Now), 30));
    }

    [Fact]
    public void A_gap_is_marked_and_what_the_switch_vouches_for_is_counted_in_its_own_minute()
    {
        var floor = Ready().At("10:00").CallerJoins("support", "c1").CallerJoins("support", "c2").At("10:03").Lost().At("10:09");
        floor.Synced(Empty with
        {
            Queues = [new("support", null, null, null)],
            Members = [Seen("wang", "support") with { InCall = true, Phone = PhoneState.InUse }],
            Calls = [new("c1", "wang", "support", CallDirection.Inbound, null, Time("10:04"))],
            Callers = [new("support", "c3", null, Time("10:05"))],
        });
        Assert.Equal(new Gap(Time("10:03"), Time("10:09")), Assert.Single(Of(floor).Gaps.ToArrayForTest()));
        Assert.Equal(new(0, 1, 0, 0, 0, 0), In(floor, "10:04"));
        Assert.Equal(new(1, 0, 0, 0, 0, 0), In(floor, "10:05"));
        // How the second one left nobody saw: it is in no minute.
        floor.At("10:20").Ticks();
        Assert.Equal(new(3, 1, 0, 0, 0, 0), Of(floor).Sum(Traffic.MinuteOf(floor.Now), 30));
        Assert.Equal(TimeSpan.FromMinutes(6), TrafficWindow.Of(floor.State.Queues["support"], floor.State, floor.Now, 30).Unseen);
    }

    [Fact]
    public void A_gap_that_runs_is_unseen_and_so_is_the_time_before_the_first_sight()
    {
        var floor = Ready().At("09:10").Lost();
        var window = TrafficWindow.Of(floor.State.Queues["support"], floor.State, Time("09:15"), 30);
        // From 08:46 on: first seen at 09:00, lost at 09:10.
        Assert.Equal((Time("08:46"), TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(10)), (window.From, window.Unseen, window.Seen));
    }

    [Fact]
    public void A_link_that_flaps_costs_no_more_than_a_few_gaps_and_hides_none()
    {
        var floor = Ready();
        for (var i = 0; i < 40; i++) floor.At(At("09:00", 0).AddSeconds(20 * i)).Lost().At(At("09:00", 0).AddSeconds((20 * i) + 5)).Synced(Empty with { Queues = [new("support", null, null, null)] });
        Assert.Equal(Traffic.GapsKept, Of(floor).Gaps.Count);
        Assert.True(Of(floor).UnseenWithin(Time("09:00"), floor.Now) >= TimeSpan.FromSeconds(40 * 5));
    }

    [Fact]
    public void The_minutes_are_in_order_and_bounded_on_every_random_floor() => Seeds.Sample(static seed =>
    {
        foreach (var state in RandomFloor.Fold(RandomFloor.Play(seed, new(Switches: 2, Hostile: true)).Journal))
        {
            foreach (var (_, queue) in state.Queues)
            {
                var (minutes, running) = (queue.Traffic.Past.ToArrayForTest(), queue.Traffic.Running.Minute);
                Assert.Equal(minutes.OrderBy(one => one.Minute).DistinctBy(one => one.Minute), minutes);
                Assert.All(minutes, one => Assert.True(one.Minute < running && one.Minute > running - Traffic.MinutesKept));
            }
        }
    }, iter: 40);

    [Fact]
    public void Of_a_floor_younger_than_the_window_the_minutes_decide_exactly_what_the_counters_of_the_day_do()
    {
        var compared = 0;
        for (var seed = 0; seed < 120; seed++)
        {
            var last = RandomFloor.Fold(RandomFloor.Play(seed, new(Switches: (seed % 2) + 1, Steps: 60)).Journal).Last();
            if (last.At - RandomFloor.Opening > TimeSpan.FromMinutes(Traffic.MinutesKept - 1)) continue;
            foreach (var (_, queue) in last.Queues)
            {
                compared++;
                Assert.Equal(queue.Counters.Counts, queue.Traffic.Sum(Traffic.MinuteOf(last.At), Traffic.MinutesKept));
            }
        }

        Assert.True(compared > 100, $"only {compared} queues were compared");
    }

    [Fact]
    public void A_strip_is_the_sum_of_the_queues_and_null_where_nobody_saw()
    {
        var floor = Ready().Joins("li", "sales").At("09:10").CallerJoins("support", "c1").CallerJoins("sales", "c2").At("09:11").Abandons("sales", "c2", 60);
        var minutes = TrafficStrip.Of(floor.State, Time("09:12:30")).Minutes;
        Assert.Equal((30, Time("08:43"), Time("09:12")), (minutes.Count, minutes[0].At, minutes[29].At));
        Assert.Equal(new CallCounts(2, 0, 0, 0, 0, 0), minutes[27].Counts);
        Assert.Equal(new CallCounts(0, 0, 0, 1, 0, 0), minutes[28].Counts);
        Assert.Equal(default(CallCounts), minutes[29].Counts);
        Assert.Null(minutes[16].Counts);
        Assert.NotNull(minutes[17].Counts);
    }

    private static Story Ready() => new Story().At("09:00").Joins("wang", "support");

    private static DateTimeOffset At(string time, int minutes) => Time(time).AddMinutes(minutes);

    private static Traffic Of(Story floor) => floor.State.Queues["support"].Traffic;

    private static CallCounts In(Story floor, string minute) => Of(floor).Sum(Traffic.MinuteOf(Time(minute)), 1);

    private static CallCounts Sum(Queue queue) => queue.Traffic.Sum(queue.Traffic.Running.Minute, Traffic.MinutesKept);
}
