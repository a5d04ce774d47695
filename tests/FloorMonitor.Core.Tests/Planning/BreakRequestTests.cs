using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Planning;
using FloorMonitor.Core.Tests.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Planning;

/// <summary>A request becomes a grant, a slot, a place in the queue or a refusal; what a lead may do about it.</summary>
public sealed class BreakRequestTests
{
    private static Refused Refusal(GateAnswer answer) => Assert.IsType<Refused>(answer);

    [Fact]
    public void Where_there_is_room_it_is_granted_now_and_its_place_is_kept()
    {
        var day = Rotas.Team(8).At("09:40");
        Assert.IsType<Granted>(day.Asks(1));
        Assert.Equal((TicketStatus.Granted, Time("09:40"), Time("09:45"), "1"), (day.Ticket(1)!.Status, day.Ticket(1)!.StartsAt!.Value, day.Ticket(1)!.EndsAt!.Value, day.Ticket(1)!.By));
        // Nobody rests yet; the only place is promised all the same, and it is not promised twice.
        Assert.Equal("concurrent-breaks", Refusal(day.Ask(new TakeBreak("2", "2", "short"))).Rule);
        Assert.IsType<Granted>(day.Goes(1));
        Assert.Null(day.Ticket(1));
        Assert.Equal("short", day["1"].Break!.Ticket!.Kind);
    }

    [Fact]
    public void Where_there_is_none_it_gets_the_first_slot_in_its_hour_on_the_minute()
    {
        var day = Rotas.Team(8).At("09:40:20");
        day.Asks(1);
        day.Goes(1);
        Assert.IsType<Granted>(day.Asks(2));
        Assert.Equal((TicketStatus.Planned, Time("09:46"), Time("09:51")), (day.Ticket(2)!.Status, day.Ticket(2)!.StartsAt!.Value, day.Ticket(2)!.EndsAt!.Value));
        day.Asks(3);
        Assert.Equal(Time("09:51"), day.Ticket(3)!.StartsAt);
        // The hour has no room for a fourth: it waits, and its words say where it stands.
        day.Asks(4);
        day.At("09:41").Asks(5);
        Assert.Equal((TicketStatus.Queued, null), (day.Ticket(5)!.Status, day.Ticket(5)!.StartsAt));
        var positions = TicketWords.Positions(day.State)!;
        Assert.Equal((1, 2), (positions["4"], positions["5"]));
        Assert.Equal("小休排队中,第 2 位,09:41:00 申请", TicketWords.Of(day.Ticket(5)!, 2, TimeSpan.FromMinutes(5), day.State).Zh);
        Assert.Equal("Short break planned from 09:46:00 to 09:51:00", TicketWords.Of(day.Ticket(2)!, 0, TimeSpan.FromMinutes(5), day.State).En);
    }

    [Theory]
    [InlineData("09:29:59", "settle-in")]
    [InlineData("09:30:00", null)]
    [InlineData("09:30:01", null)]
    public void Within_the_lock_it_is_refused_to_the_second(string at, string? rule)
    {
        var day = Rotas.Team(8).At(at);
        Assert.Equal(rule, (day.Asks(1) as Refused)?.Rule);
        Assert.Equal(rule is null, day.Ticket(1) is not null);
    }

    [Fact]
    public void Who_waits_overtakes_nobody_at_the_moment_at_which_a_place_becomes_free()
    {
        var day = Rotas.Team(8).At("09:55");
        Assert.IsType<Granted>(day.Goes(1));
        day.At("09:56").Asks(2);
        day.At("09:57").Asks(3);
        Assert.Equal((TicketStatus.Queued, TicketStatus.Queued), (day.Ticket(2)!.Status, day.Ticket(3)!.Status));
        day.At("09:58").Does(new Resume("1", "1"));
        Assert.Equal("concurrent-breaks", Refusal(day.Ask(new TakeBreak("3", "3", "short"))).Rule);
        // Nor does who does not wait at all.
        Assert.Equal("concurrent-breaks", Refusal(day.Ask(new TakeBreak("4", "4", "short"))).Rule);
        Assert.IsType<Granted>(day.Ask(new TakeBreak("2", "2", "short")));
        Assert.Equal((TicketStatus.Granted, TicketStatus.Queued), (day.Ticks().Ticket(2)!.Status, day.Ticket(3)!.Status));
    }

    [Fact]
    public void A_personal_need_waits_for_nothing_and_needs_no_ticket()
    {
        var day = Rotas.Team(2).At("09:05");
        Assert.IsType<Granted>(day.Asks(1, "personal"));
        Assert.Equal(("personal", null), (day["1"].Break!.Kind, day.Ticket(1)));
        Assert.IsType<Granted>(day.Asks(2, "个人"));
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void Who_rests_asks_for_the_next_break_when_this_one_is_over()
    {
        var day = Rotas.Team(8).At("09:40").Pauses("1", "support", "training");
        Assert.Equal("On training: ask again when it is over", Refusal(day.Asks(1)).Text.En);
        Assert.IsType<Granted>(day.At("09:50").Resumes("1", "support").Asks(1));
    }

    [Fact]
    public void Who_asks_twice_is_told_what_was_decided_and_who_cancels_may_ask_again()
    {
        var day = Rotas.Team(8).At("09:40");
        day.Asks(1);
        Assert.Equal("Asked for already: Short break granted: begin by 09:45:00", Refusal(day.Asks(1)).Text.En);
        Assert.IsType<Granted>(day.Does(new CancelBreak("1", "1")));
        Assert.Null(day.Ticket(1));
        Assert.Equal("没有休息申请", Refusal(day.Does(new CancelBreak("1", "1"))).Text.Zh);
        Assert.IsType<Granted>(day.Asks(1));
    }

    [Fact]
    public void A_lead_gives_a_break_now_or_at_a_time_but_not_over_the_cap_and_nobody_to_themselves()
    {
        var day = Rotas.Team(8).At("09:40");
        Assert.IsType<Granted>(day.Does(new GrantBreak("1", "lead", null, null)));
        Assert.Equal((TicketStatus.Granted, "lead"), (day.Ticket(1)!.Status, day.Ticket(1)!.By));
        Assert.Equal("concurrent-breaks", Refusal(day.Does(new GrantBreak("2", "lead", null, null))).Rule);
        Assert.Equal("concurrent-breaks", Refusal(day.Does(new GrantBreak("2", "lead", null, Time("09:44")))).Rule);
        Assert.IsType<Granted>(day.Does(new GrantBreak("2", "lead", null, Time("09:45"))));
        Assert.Equal((TicketStatus.Planned, Time("09:45")), (day.Ticket(2)!.Status, day.Ticket(2)!.StartsAt!.Value));
        Assert.Contains("themselves", Refusal(day.Does(new GrantBreak("3", "3", null, null))).Text.En, StringComparison.Ordinal);
        Assert.Contains("12 h", Refusal(day.Does(new GrantBreak("3", "lead", null, Time("09:40").AddHours(13)))).Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_lead_gives_ahead_is_held_against_the_rules_of_that_time()
    {
        var day = Rotas.Team(8).At("09:10");
        Assert.Equal("settle-in", Refusal(day.Does(new GrantBreak("1", "lead", null, null))).Rule);
        Assert.Equal("settle-in", Refusal(day.Does(new GrantBreak("1", "lead", null, Time("09:29")))).Rule);
        Assert.IsType<Granted>(day.Does(new GrantBreak("1", "lead", null, Time("09:30"))));
    }

    [Fact]
    public void A_lead_defers_a_break_by_minutes_or_to_the_first_room_after_that()
    {
        var day = Rotas.Team(8).At("09:40");
        day.Asks(1);
        Assert.IsType<Granted>(day.Does(new DeferBreak("1", "lead", TimeSpan.FromMinutes(10))));
        Assert.Equal((TicketStatus.Planned, Time("09:50")), (day.Ticket(1)!.Status, day.Ticket(1)!.StartsAt!.Value));
        day.Asks(2);
        Assert.IsType<Granted>(day.Does(new DeferBreak("2", "lead", TimeSpan.FromMinutes(12))));
        // 09:52 is the first agent's: the next room is when that one is due back.
        Assert.Equal(Time("09:55"), day.Ticket(2)!.StartsAt);
        Assert.Contains("no planned", Refusal(day.Does(new DeferBreak("3", "lead", TimeSpan.FromMinutes(5)))).Text.En, StringComparison.Ordinal);
        Assert.Contains("lead defers", Refusal(day.Does(new DeferBreak("1", "1", TimeSpan.FromMinutes(5)))).Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_does_without_the_break_of_an_hour_says_so_once()
    {
        var day = Rotas.Team(8).At("09:40");
        Assert.IsType<Granted>(day.Does(new DeclineBreak("1", "1")));
        Assert.Contains("declined already", Refusal(day.Does(new DeclineBreak("1", "1"))).Text.En, StringComparison.Ordinal);
        day.Asks(2);
        day.Goes(2);
        Assert.Contains("was had", Refusal(day.Does(new DeclineBreak("2", "2"))).Text.En, StringComparison.Ordinal);
        day.Until("10:00:01");
        Assert.DoesNotContain(day.Verdicts.Values, verdict => verdict.Concerns == "1");
        day.Until("11:00:01");
        Assert.Contains(day.Verdicts.Values, verdict => verdict is { Concerns: "1", Rule: "hourly-break" } && verdict.OpenedAt == Time("11:00"));
    }

    [Fact]
    public void While_callers_wait_for_want_of_agents_the_cap_is_tight_and_what_was_granted_stands()
    {
        var day = Rotas.Team(30).At("09:40");
        day.Asks(1);
        for (var i = 0; i < 40; i++) day.Calls("support", $"c{i}");
        day.Asks(2);
        Assert.Equal(TicketStatus.Planned, day.Ticket(2)!.Status);
        Assert.IsType<Granted>(day.Goes(1));
        day.Until("09:40:05");
        Assert.NotEqual(TicketStatus.Granted, day.Ticket(2)!.Status);
        for (var i = 0; i < 40; i++) day.Abandons("support", $"c{i}");
        day.Until("09:41:00");
        Assert.Equal(TicketStatus.Granted, day.Ticket(2)!.Status);
    }

    [Fact]
    public void A_meal_is_planned_into_the_window_that_the_roster_gives_and_a_short_break_never_into_it()
    {
        var setup = Rotas.Setup(8) with
        {
            Shifts = [new("A", TimeSpan.FromHours(9), TimeSpan.FromHours(18), [new(TimeSpan.FromHours(12), TimeSpan.FromHours(12.5), TimeSpan.FromMinutes(30))])],
            Roster = ValueArray.From(Enumerable.Range(1, 8).Select(id => new RosterLine(null, $"{id}", "A", null, RosterStatus.Work))),
        };
        var day = new Day(setup, Rotas.Rules(max: 0.5)).At("09:00");
        for (var id = 1; id <= 8; id++) day.Joins($"{id}", "support");
        day.At("11:00").Asks(1, "meal");
        Assert.Equal((TicketStatus.Planned, Time("12:00")), (day.Ticket(1)!.Status, day.Ticket(1)!.StartsAt!.Value));
        day.At("11:57").Asks(3);
        day.Until("12:05");
        Assert.Equal(TicketStatus.Queued, day.Ticket(3)!.Status);
        day.Asks(2);
        Assert.Equal((TicketStatus.Planned, Time("12:30")), (day.Ticket(2)!.Status, day.Ticket(2)!.StartsAt!.Value));
        day.Until("12:30:00");
        Assert.Equal(TicketStatus.Granted, day.Ticket(3)!.Status);
    }
}
