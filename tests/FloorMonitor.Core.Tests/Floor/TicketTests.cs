using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>Tickets of breaks: their steps, the pause that uses one up, and what the hours remember.</summary>
public sealed class TicketTests
{
    private static readonly DateTimeOffset Nine = Time("09:00");

    private static Story Wang() => new Story().At("09:00").Joins("wang", "support", wrapUpSeconds: 30);

    private static Story Planned(string from, string until) =>
        Wang().At("09:31").Tell(new BreakPlanned(Time("09:31"), "wang", "short", Nine, Time(from), Time(until), "wang"));

    [Fact]
    public void A_ticket_goes_from_asked_to_planned_to_granted_and_keeps_since_when_it_was_asked_for()
    {
        var floor = Wang().At("09:31").Tell(new BreakRequested(Time("09:31"), "wang", "short", Nine, "wang"));
        Assert.Equal((TicketStatus.Queued, null), (floor["wang"].Ticket!.Status, floor["wang"].Ticket!.StartsAt));
        floor.At("09:40").Tell(new BreakPlanned(Time("09:40"), "wang", "short", Nine, Time("09:50"), Time("09:55"), "wang"));
        floor.At("09:50").Tell(new BreakGranted(Time("09:50"), "wang", "short", Nine, Time("09:50"), Time("09:55"), "wang"));
        var ticket = floor["wang"].Ticket!;
        Assert.Equal((TicketStatus.Granted, Time("09:31"), Time("09:50"), Time("09:55")), (ticket.Status, ticket.RequestedAt, ticket.StartsAt!.Value, ticket.EndsAt!.Value));
        floor.Tell(new BreakQueued(Time("09:51"), "wang"));
        Assert.Equal((TicketStatus.Queued, null, Time("09:31")), (floor["wang"].Ticket!.Status, floor["wang"].Ticket!.EndsAt, floor["wang"].Ticket!.RequestedAt));
        floor.Tell(new BreakCancelled(Time("09:52"), "wang", "wang"));
        Assert.Null(floor["wang"].Ticket);
        Assert.Null(floor.Tell(new BreakQueued(Time("09:53"), "wang")).Tell(new BreakExpired(Time("09:54"), "nobody"))["wang"].Ticket);
    }

    [Theory]
    [InlineData("short", true)]
    [InlineData("小休", true)]
    [InlineData("meal", false)]
    [InlineData("personal", false)]
    public void The_pause_of_its_kind_uses_it_up_wherever_it_was_set(string reason, bool used)
    {
        var floor = Planned("09:50", "09:55").At("09:50:10").Pauses("wang", "support", reason);
        Assert.Equal(used, floor["wang"].Ticket is null);
        Assert.Equal(used, floor["wang"].Break!.Ticket is not null);
        floor.At("09:53").Resumes("wang", "support").At("09:54").Pauses("wang", "support", reason);
        Assert.Null(floor["wang"].Break!.Ticket);
    }

    [Fact]
    public void A_new_session_begins_without_the_ticket_of_the_last()
    {
        var floor = Planned("09:50", "09:55").At("09:40").Leaves("wang", "support").At("09:45").Joins("wang", "support");
        Assert.Null(floor["wang"].Ticket);
    }

    [Fact]
    public void An_hour_that_is_declined_takes_its_ticket_along_and_no_other_hour()
    {
        var floor = Planned("09:50", "09:55").Tell(new BreakDeclined(Time("09:40"), "wang", Nine, "wang"));
        Assert.Null(floor["wang"].Ticket);
        Assert.True(BreakHour.Of(floor["wang"], floor.Setup, Time("09:59:59"))!.IsDeclined);
        Assert.False(BreakHour.Of(floor["wang"], floor.Setup, Time("10:00"))!.IsDeclined);
    }

    [Theory]
    [InlineData("10:04:00", true)]
    [InlineData("10:20:00", true)]
    [InlineData("10:20:01", false)]
    public void The_break_of_an_hour_that_ended_in_a_call_is_still_its_break_by_twenty_past(string begins, bool isEarlier)
    {
        var floor = Wang().At("09:54").Answers("wang", "support", "c1").At("10:03").Completes("wang", "support", "c1").Ticks();
        Assert.Equal(("c1", Time("09:54"), Time("10:03:30")), (floor["wang"].HourCall!.Id, floor["wang"].HourCall!.Since, floor["wang"].HourCall!.Until));
        floor.At(begins).Pauses("wang", "support", "short").At("10:30").Resumes("wang", "support");
        Assert.Equal(isEarlier, BreakHour.HasBegun(floor["wang"], Nine));
        Assert.Equal(!isEarlier, BreakHour.HasBegun(floor["wang"], Time("10:00")));
        Assert.Equal(isEarlier ? TimeSpan.Zero : Time("10:30") - Time(begins), BreakHour.Of(floor["wang"], floor.Setup, Time("10:40"))!.Taken);
    }

    [Fact]
    public void A_call_within_an_hour_moves_nothing_and_a_break_already_had_is_not_owed_again()
    {
        var floor = Wang().At("09:54").Answers("wang", "support", "c1").At("09:58").Completes("wang", "support", "c1");
        Assert.Null(floor["wang"].HourCall);
        floor = Wang().At("09:35").Pauses("wang", "support", "short").At("09:40").Resumes("wang", "support");
        floor.At("09:54").Answers("wang", "support", "c1").At("10:03").Completes("wang", "support", "c1").At("10:10").Pauses("wang", "support", "short");
        Assert.Null(floor["wang"].Break!.Hour);
    }

    [Fact]
    public void Stretches_that_nobody_saw_are_remembered_for_the_session()
    {
        var floor = Wang().At("09:10").Lost().At("09:18").Synced(Of(Seen("wang", "support"))).At("09:20").Lost().At("09:21").Synced(Of(Seen("wang", "support")));
        Assert.Equal([new Gap(Time("09:10"), Time("09:18")), new Gap(Time("09:20"), Time("09:21"))], floor["wang"].Unseen);
        for (var i = 0; i < 40; i++)
            floor.At($"10:{i:00}:00").Lost().At($"10:{i:00}:30").Synced(Of(Seen("wang", "support")));
        Assert.Equal(16, floor["wang"].Unseen.Count);
        Assert.Equal(Time("09:10"), floor["wang"].Unseen[0].Since);
        floor.At("11:00").Leaves("wang", "support").At("11:10").Joins("wang", "support");
        Assert.True(floor["wang"].Unseen.IsEmpty);
    }

    [Fact]
    public void What_went_on_before_they_were_first_seen_nobody_knows()
    {
        var floor = new Story(synced: false).At("10:40").Synced(Of(Seen("wang", "support") with { SignedInAt = Time("09:00") }));
        Assert.Equal([new Gap(Time("09:00"), Time("10:40"))], floor["wang"].Unseen);
    }
}
