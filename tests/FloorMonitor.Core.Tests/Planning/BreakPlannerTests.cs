using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Planning;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Planning;

/// <summary>Tickets as time passes: slots that come, calls and gaps that move them, turns in the queue, and what is over.</summary>
public sealed class BreakPlannerTests
{
    [Theory]
    [InlineData("09:45:59", TicketStatus.Planned)]
    [InlineData("09:46:00", TicketStatus.Granted)]
    public void A_slot_that_comes_is_granted_where_there_is_room(string at, TicketStatus status)
    {
        var day = Rotas.Team(8).At("09:41");
        day.Asks(1);
        day.Goes(1);
        day.Asks(2);
        day.At("09:45").Resumes("1", "support").Ticks(at);
        Assert.Equal(status, day.Ticket(2)!.Status);
    }

    [Fact]
    public void A_slot_that_comes_where_there_is_no_room_waits_in_its_old_place()
    {
        var day = Rotas.Team(8).At("09:40");
        day.Asks(1);
        day.Goes(1);
        day.Asks(2);
        day.At("09:40:30").Asks(3);
        // The first one does not come back in time.
        day.Until("09:50:01");
        Assert.Equal((TicketStatus.Queued, TicketStatus.Queued), (day.Ticket(2)!.Status, day.Ticket(3)!.Status));
        Assert.Equal(Time("09:40"), day.Ticket(2)!.RequestedAt);
        day.At("09:51").Resumes("1", "support").Ticks();
        Assert.Equal((TicketStatus.Granted, TicketStatus.Queued), (day.Ticket(2)!.Status, day.Ticket(3)!.Status));
    }

    [Fact]
    public void Whose_hour_ends_first_comes_first_and_of_one_hour_who_waited_longest()
    {
        var day = Rotas.Team(4).At("09:20").Joins("late", "support").At("10:05");
        day.Asks(1);
        day.Goes(1);
        // 2 asks in the hour from ten; 3 in the hour before it.
        day.Tell(new BreakRequested(Time("10:01"), "2", "short", Time("10:00"), "2"));
        day.Tell(new BreakRequested(Time("10:02"), "3", "short", Time("09:00"), "3"));
        day.Tell(new BreakRequested(Time("10:03"), "4", "short", Time("10:00"), "4"));
        Assert.Equal(["3", "2", "4"], TicketWords.Positions(day.State)!.OrderBy(one => one.Value).Select(one => one.Key));
        day.At("10:06").Resumes("1", "support").Ticks();
        Assert.Equal((TicketStatus.Queued, TicketStatus.Granted, TicketStatus.Queued), (day.Ticket(2)!.Status, day.Ticket(3)!.Status, day.Ticket(4)!.Status));
    }

    [Theory]
    [InlineData("09:45:00", false)]
    [InlineData("09:45:01", true)]
    public void A_grant_that_nobody_uses_is_over_five_minutes_after_its_start(string at, bool over)
    {
        var day = Rotas.Team(8).At("09:40");
        day.Asks(1);
        day.Ticks(at);
        Assert.Equal(over, day.Ticket(1) is null);
        day.Asks(2);
        Assert.Equal(over ? TicketStatus.Granted : TicketStatus.Planned, day.Ticket(2)!.Status);
    }

    [Fact]
    public void A_slot_inside_a_call_moves_behind_it_and_its_wrap_up_and_names_the_call()
    {
        var day = Rotas.Team(8).At("09:50");
        Assert.IsType<Granted>(day.Does(new GrantBreak("1", "lead", null, Time("09:55"))));
        day.At("09:54").Answers("1", "support", "c1").Until("10:02");
        Assert.NotNull(day.Ticket(1));
        day.At("10:03").Completes("1", "support", "c1").Ticks("10:03:29");
        Assert.Equal(Time("09:55"), day.Ticket(1)!.StartsAt);
        day.Ticks("10:03:30");
        Assert.Equal((TicketStatus.Granted, Time("10:03:30"), Time("10:08:30")), (day.Ticket(1)!.Status, day.Ticket(1)!.StartsAt!.Value, day.Ticket(1)!.EndsAt!.Value));
        Assert.Contains("09:54:00 的通话(队列 support,c1)至 10:03:30", TicketWords.Of(day.Ticket(1)!, 0, TimeSpan.FromMinutes(5), day.State).Zh, StringComparison.Ordinal);
        day.Ticks("10:08:30");
        Assert.NotNull(day.Ticket(1));
        day.Ticks("10:08:31");
        Assert.Null(day.Ticket(1));
    }

    [Fact]
    public void Out_of_sight_nothing_moves_and_what_the_gap_hid_is_given_back()
    {
        var day = Rotas.Team(8).At("09:40");
        day.Asks(1);
        day.At("09:42").Lost().Until("09:50");
        Assert.NotNull(day.Ticket(1));
        day.At("09:51").Synced(null, [.. Enumerable.Range(1, 8).Select(id => Seen($"{id}", "support"))]).Ticks("09:51:01");
        Assert.Equal((TicketStatus.Granted, Time("09:51")), (day.Ticket(1)!.Status, day.Ticket(1)!.StartsAt!.Value));
        day.Ticks("09:56:01");
        Assert.Null(day.Ticket(1));
    }

    [Fact]
    public void Who_signs_out_gives_the_ticket_back_but_not_who_changes_queues()
    {
        var day = Rotas.Team(8).At("09:40");
        day.Asks(1);
        day.At("09:41:00.000").Leaves("1", "support").Ticks("09:41:00.300").At("09:41:00.400").Joins("1", "sales").Ticks("09:41:01");
        Assert.NotNull(day.Ticket(1));
        day.At("09:42").Leaves("1", "sales").Ticks("09:42:00.600");
        Assert.Null(day.Ticket(1));
    }

    [Fact]
    public void A_break_by_the_switchs_own_command_line_uses_the_ticket_up()
    {
        var day = Rotas.Team(8).At("09:40");
        day.Asks(1);
        day.At("09:43").Pauses("1", "support", "short").Ticks("09:43:01");
        Assert.Null(day.Ticket(1));
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void The_same_floor_at_the_same_moment_is_planned_alike_and_a_step_is_decided_once()
    {
        var day = Rotas.Team(8).At("09:41");
        day.Asks(1);
        day.Goes(1);
        day.Asks(2);
        day.At("09:45").Resumes("1", "support");
        var (one, other) = (new BreakPlanner([.. Rotas.Rules()]), new BreakPlanner([.. Rotas.Rules()]));
        var steps = one.Advance(day.State, Time("09:46"));
        Assert.Equal("2", Assert.IsType<BreakGranted>(Assert.Single(steps)).Agent);
        Assert.Equal(steps, other.Advance(day.State, Time("09:46")));
        Assert.Empty(one.Advance(FloorFold.Apply(day.State, steps[0] with { Entry = 999 }), Time("09:46:00.500")));
    }
}
