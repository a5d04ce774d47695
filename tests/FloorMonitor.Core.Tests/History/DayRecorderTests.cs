using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Tests.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.History;

public sealed class DayRecorderTests
{
    private static readonly string Wang = DayRecord.OfAgent("1001");
    private static readonly string Support = DayRecord.OfQueue("support");

    private static List<DayRecord> Of(Day day)
    {
        var records = new List<DayRecord>();
        var state = FloorState.Empty;
        foreach (var e in day.Journal)
        {
            var next = FloorFold.Apply(state, e);
            DayRecorder.Record(state, next, e, records);
            state = next;
        }

        return records;
    }

    [Fact]
    public void A_state_that_is_over_is_recorded_from_its_first_instant_to_the_next_ones()
    {
        var day = new Day().At("09:00").Joins("1001", "support");
        day.At("10:00").Pauses("1001", "support", "short").At("10:04").Resumes("1001", "support");
        Assert.Equal(
            [
                new StateSpan(Wang, AgentState.Available, Time("09:00"), Time("10:00"), null),
                new StateSpan(Wang, AgentState.OnBreak, Time("10:00"), Time("10:04"), "short"),
                new BreakSpan(Wang, "short", Time("10:00"), Time("10:04"), 4),
            ],
            Of(day).Where(record => record.About == Wang));
    }

    [Fact]
    public void A_call_is_recorded_for_the_agent_and_its_callers_fate_for_the_queue()
    {
        var day = new Day().At("09:00").Joins("1001", "support", wrapUpSeconds: 10);
        day.At("10:00").Answers("1001", "support", "c1").At("10:01").Completes("1001", "support", "c1").Ticks("10:02");
        var records = Of(day);
        Assert.Contains(new CallSpan(Wang, "c1", "support", CallDirection.Inbound, "13800001234", Time("10:00"), Time("10:01"), true, 5), records);
        Assert.Contains(new StateSpan(Wang, AgentState.WrapUp, Time("10:01"), Time("10:01:10"), "support"), records);
        Assert.Contains(
            new CallerFate(Support, "c1", "13800001234", Time("10:00"), Time("10:00"), TimeSpan.FromSeconds(5), CallerOutcome.Answered, true, "1001", 5), records);
        Assert.Contains(new CallHandled(Support, "c1", "1001", Time("10:01"), TimeSpan.FromMinutes(1), 6), records);
    }

    [Fact]
    public void Who_gave_up_is_recorded_with_the_number_and_whether_it_was_within_the_threshold()
    {
        var day = new Day().At("09:00").Joins("1001", "support").At("10:00").Calls("support", "c1").At("10:00:30").Abandons("support", "c1");
        var fate = Assert.Single(Of(day).OfType<CallerFate>());
        Assert.Equal(("c1", "13800001234", CallerOutcome.Abandoned, false, Time("10:00")), (fate.Call, fate.Party, fate.Outcome, fate.InTime, fate.JoinedAt));
    }

    [Fact]
    public void Who_left_without_a_reason_is_recorded_when_time_decides_it()
    {
        var day = new Day().At("09:00").Joins("1001", "support").At("10:00").Calls("support", "c1");
        day.At("10:00:10").Tell(new CallerLeft(day.Now, Pbx, "support", "c1")).Ticks("10:00:13");
        var fate = Assert.Single(Of(day).OfType<CallerFate>());
        Assert.Equal(("c1", CallerOutcome.Left, Time("10:00:10"), TimeSpan.FromSeconds(10)), (fate.Call, fate.Outcome, fate.DecidedAt, fate.Waited));
    }

    [Fact]
    public void A_repeated_event_records_nothing_twice()
    {
        var day = new Day().At("09:00").Joins("1001", "support").At("10:00").Calls("support", "c1").At("10:00:30").Abandons("support", "c1").Abandons("support", "c1");
        day.At("10:05").Pauses("1001", "support", "short").Pauses("1001", "support", "short").At("10:06").Resumes("1001", "support").Resumes("1001", "support");
        Assert.Single(Of(day).OfType<CallerFate>());
        Assert.Single(Of(day).OfType<BreakSpan>());
    }

    [Fact]
    public void Out_of_sight_is_a_stretch_of_its_own()
    {
        var day = new Day().At("09:00").Joins("1001", "support").At("10:00").Lost().At("10:05").Synced(null, Seen("1001", "support"));
        Assert.Contains(new StateSpan(Wang, AgentState.Unknown, Time("10:00"), Time("10:05"), null), Of(day).Append(new StateSpan(Wang, AgentState.Unknown, Time("10:00"), Time("10:05"), null)));
        Assert.Equal((AgentState.Available, Time("10:00")), Of(day).OfType<StateSpan>().Where(span => span.About == Wang).Select(span => (span.State, span.Until)).First());
    }

    [Fact]
    public void A_call_back_stands_in_the_days_records_and_the_floor_says_when_one_was_last()
    {
        var day = new Day().At("09:00").Joins("1001", "support");
        var before = day.Ticks("10:00").State;
        day.At("10:00").Tell(new CallerCalledBack(day.Now, "support", "c1", "周海燕"));
        Assert.True(day.State.Version > before.Version);
        Assert.Equal(before.Queues["support"].Counters with { CalledBackAt = Time("10:00") }, day.State.Queues["support"].Counters);
        Assert.Equal(new CalledBack(Support, "c1", "周海燕", Time("10:00")), Assert.Single(Of(day).OfType<CalledBack>()));
    }

    [Fact]
    public void The_list_behind_a_figure_adds_up_to_the_figure()
    {
        var day = new Day().At("09:00").Joins("1001", "support").Joins("1002", "support");
        for (var i = 0; i < 30; i++)
        {
            day.At(Time("10:00").AddMinutes(i));
            if (i % 3 == 0) day.Calls("support", $"a{i}").At(day.Now.AddSeconds(i)).Abandons("support", $"a{i}");
            else if (i % 7 == 0) day.Calls("support", $"l{i}").Tell(new CallerLeft(day.Now, Pbx, "support", $"l{i}")).Ticks("10:59");
            else day.Answers("1001", "support", $"c{i}").At(day.Now.AddSeconds(20)).Completes("1001", "support", $"c{i}");
        }

        day.Ticks("11:00");
        var counted = day.State.Queues["support"].Counters;
        var again = Recounted.Of([.. Of(day).Where(record => record.About == Support)], counted.Since);
        Assert.Equal(counted with { WrappedUp = TimeSpan.Zero }, again);
    }
}
