using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Core.Tests.Rules;

namespace FloorMonitor.Core.Tests.Gate;

/// <summary>Between queues: in before out, never under a live call, and a break goes on.</summary>
public sealed class GateMovesTests
{
    private static Day Floor()
    {
        var day = new Day(new SettleIn()) { Obeys = true };
        return day.At("08:30").Joins("1002", "support").Joins("1002", "sales").Joins("1002", "vip").At("09:00").Joins("1001", "support", 2).Joins("1001", "vip");
    }

    private static Granted Move(Day day, params string[] queues) =>
        Assert.IsType<Granted>(day.Ask(new MoveQueues("1001", "lead", ValueArray.From(queues), "忙")));

    private static string Refused(Day day, params string[] queues) =>
        Assert.IsType<Refused>(day.Ask(new MoveQueues("1001", "lead", ValueArray.From(queues), ""))).Text.En;

    [Fact]
    public void Every_queue_is_joined_before_any_is_left_so_that_nobody_is_signed_out_in_between()
    {
        var actions = Move(Floor().At("09:10"), "sales", "vip").Actions;
        Assert.Equal([new JoinQueue(Day.Pbx, "PJSIP/1001", "sales", 0, "1001"), new LeaveQueue(Day.Pbx, "PJSIP/1001", "support")], actions);
    }

    [Fact]
    public void The_session_goes_on_and_no_verdict_comes_of_it()
    {
        var day = Floor().At("09:10").Joins("1001", "sales").At("09:10:00.200").Leaves("1001", "support").At("09:10:00.300").Leaves("1001", "vip").Ticks("09:10:05");
        Assert.Equal((Day.Time("09:00"), null), (day["1001"].Session!.SignedInAt, day["1001"].Session!.LeftAt));
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void Who_is_on_a_break_stays_on_it_from_its_first_instant()
    {
        var day = Floor().At("09:40").Pauses("1001", "support", "meal").Pauses("1001", "vip", "meal").At("09:45");
        Assert.Equal("meal", Assert.IsType<JoinQueue>(Move(day, "sales").Actions[0]).PausedFor);
        day.Tell(new MemberJoined(day.Now, Day.Pbx, Day.Seen("1001", "sales") with { Paused = true, PauseReason = "meal", PausedAt = day.Now }));
        day.Leaves("1001", "support").Leaves("1001", "vip");
        Assert.Equal((Day.Time("09:40"), "meal"), (day["1001"].Break!.Since, day["1001"].Break!.Kind));
    }

    [Fact]
    public void A_live_call_is_not_taken_from_under_the_agent()
    {
        var day = Floor().At("09:10").Answers("1001", "support", "c1");
        Assert.Equal("On a call: move when it is over", Refused(day, "sales"));
        day.At("09:12").Completes("1001", "support", "c1");
        Assert.Equal(3, Move(day, "sales").Actions.Count);
    }

    [Fact]
    public void What_cannot_be_is_said_in_plain_words()
    {
        var day = Floor().At("09:10");
        Assert.Contains("sign out", Refused(day), StringComparison.Ordinal);
        Assert.Equal("In these queues already", Refused(day, "vip", "support"));
        Assert.Contains("known: sales, support, vip", Refused(day, "salse"), StringComparison.Ordinal);
        Assert.Equal("Not signed in", Assert.IsType<Refused>(day.Leaves("1002", "support").Leaves("1002", "sales").Leaves("1002", "vip").Ask(new MoveQueues("1002", "lead", ["sales"], ""))).Text.En);
    }
}
