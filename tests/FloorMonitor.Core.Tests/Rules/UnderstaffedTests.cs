using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>Thirty calls of three minutes in a quarter of an hour are six erlangs: 80 % within 20 s need nine agents.</summary>
public sealed class UnderstaffedTests
{
    private static readonly Understaffed Rule = new() { Flex = ["flex"] };

    [Fact]
    public void The_example_needs_nine() => Assert.Equal(9, ErlangC.AgentsNeeded(6, TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(20), 0.8));

    [Theory]
    [InlineData(9, 0)]
    [InlineData(8, 1)]
    public void Fewer_than_needed_for_five_minutes_open_it_and_as_many_as_needed_do_not(int agents, int verdicts)
    {
        var day = Busy(agents);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts > 0) Assert.Equal((9.0, 8.0, Severity.Warning), (day.Only.Threshold!.Value, day.Only.Measured!.Value, day.Only.Severity));
    }

    [Fact]
    public void It_opens_five_minutes_after_they_became_too_few_and_not_before()
    {
        // One goes a second after 09:29: from 09:30 on they are too few.
        var day = Busy(9).Leaves("9", "support");
        for (var minute = 30; minute < 35; minute++) day.Come(Time("09:00").AddMinutes(minute));
        day.Ticks("09:34:59.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("09:35:00.300");
        Assert.Equal(Time("09:35"), day.Only.OpenedAt);
    }

    [Fact]
    public void It_says_what_is_needed_and_why()
    {
        // The numbers are those of the moment at which need or staff last changed.
        var day = Busy(8);
        Assert.StartsWith("support needs 9 agents and has 8 (26 calls in the last 15 min, 3 min each, target 80% within 20 s)", day.Only.Text.En, StringComparison.Ordinal);
        Assert.StartsWith("队列 support 需 9 人,在岗 8 人(近 15 分钟来电 26 通,平均处理 3 分钟,目标 80% / 20 秒)", day.Only.Text.Zh, StringComparison.Ordinal);
        Assert.EndsWith("(O3, O4, O5)", day.Only.Text.En, StringComparison.Ordinal);
        Assert.Equal(Traffic.CallsKept, day.Only.Evidence.Count);
    }

    [Fact]
    public void It_proposes_who_can_help()
    {
        var day = Busy(8, day => day
            .Joins("20", "sales").Joins("21", "support").Joins("21", "sales").Pauses("21", "support", "busy")
            .Joins("22", "support").Pauses("22", "support", "meal"));
        var back = Sentences.Clock(day["22"].Break!.EndsAt!.Value, day.State);
        Assert.Contains($"can help: the flex team: 1 (Flo); back from a break (22 {back}); who know the queue and work in another: 1 (21)", day.Only.Text.En, StringComparison.Ordinal);
        Assert.Contains($"可支援:机动班组 1 人(Flo);休息将返回(22 {back});熟悉本队列、在其他队列工作 1 人(21)", day.Only.Text.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_roster_it_names_who_should_be_there_and_todays_overtime_and_nobody_on_leave()
    {
        var roster = Setup with
        {
            Agents = [.. Setup.Agents, new("31", "Missing", "a", "PJSIP/31"), new("32", "Over", "a", "PJSIP/32"), new("33", "Ill", "a", "PJSIP/33")],
            Shifts = [new("A", new(9, 0, 0), new(18, 0, 0), []), new("E", new(19, 0, 0), new(21, 0, 0), [])],
            Roster =
            [
                new(null, "31", "A", null, RosterStatus.Work), new(null, "32", "E", null, RosterStatus.Overtime), new(null, "33", "A", null, RosterStatus.Leave),
            ],
        };
        Assert.Contains("on today's overtime list or roster and not signed in: 2 (Missing, Over)", Busy(8, setup: roster).Only.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void It_ends_with_the_minute_in_which_there_are_enough()
    {
        var day = Busy(8).Joins("9", "support");
        day.Ticks("09:30:10");
        Assert.Equal((VerdictStatus.Closed, Time("09:30")), (day.Only.Status, day.Only.ClosedAt!.Value));
    }

    [Fact]
    public void Few_calls_or_none_handled_yet_say_nothing()
    {
        var day = new Day(Rule).At("09:00").Joins("1", "support");
        for (var minute = 0; minute < 30; minute++) day.At(Time("09:00").AddMinutes(minute)).Calls("support", $"c{minute}").Ticks();
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void A_queue_that_was_out_of_sight_begins_to_be_short_anew()
    {
        var day = Busy(9).Lost().At("09:35:01").Tell(new FeedSynced(
            Time("09:35:01"), Pbx, new(null, [new("support", null, null, null)], [.. Enumerable.Range(1, 8).Select(id => Seen($"{id}", "support"))], [], [])));
        for (var minute = 36; minute <= 40; minute++) day.Come(Time("09:00").AddMinutes(minute));
        day.Ticks("09:40:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("09:41:00");
        Assert.Equal(Time("09:41"), day.Only.OpenedAt);
    }

    private static FloorSetup Setup => FloorSetup.Default with
    {
        Feeds = [new(Pbx, "ami")],
        TimeZone = "Asia/Shanghai",
        Agents = [new("20", "Flo", "flex", "PJSIP/20"), new("21", "21", "a", "PJSIP/21"), new("22", "22", "a", "PJSIP/22")],
    };

    /// <summary>Half an hour of two calls a minute, each of exactly three minutes, with so many agents.</summary>
    private static Day Busy(int agents, Action<Day>? prepare = null, FloorSetup? setup = null)
    {
        var day = new Day(setup ?? Setup, Rule).At("09:00");
        for (var id = 1; id <= agents; id++) day.Joins($"{id}", "support");
        prepare?.Invoke(day);
        for (var minute = 0; minute < 30; minute++) day.Come(Time("09:00").AddMinutes(minute));
        return day;
    }
}

internal static class Busyness
{
    /// <summary>Two calls come at the beginning of a minute, half a second after it, and take three minutes of two agents.</summary>
    public static Day Come(this Day day, DateTimeOffset minute)
    {
        day.At(minute).Ticks().At(minute.AddMilliseconds(500));
        for (var i = 0; i < 2; i++)
        {
            var call = $"{minute:HHmm}.{i}";
            day.Calls("support", call);
            day.Tell(new CallAnswered(day.Now, Day.Pbx, "elsewhere", "support", call, null, TimeSpan.Zero, TimeSpan.Zero));
            day.Tell(new CallCompleted(day.Now, Day.Pbx, "1", "support", call, TimeSpan.FromMinutes(3), CallEnd.Caller));
        }

        return day.At(minute.AddSeconds(1));
    }
}
