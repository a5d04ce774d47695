using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

public sealed class DutyTests
{
    private static Story Held() => new Story().At("09:00").Tell(new DutyTaken(Time("09:00"), "chen"));

    [Fact]
    public void The_holder_keeps_the_duty_until_the_deputy_accepts()
    {
        var floor = Held().Tell(new DutyOffered(Time("10:00"), "zhou", "chen"));
        Assert.Equal(("chen", "zhou", Time("10:00")), (floor.State.Duty!.Holder, floor.State.Duty.HandingTo, floor.State.Duty.HandingSince));
        floor.Tell(new DutyTaken(Time("10:05"), "zhou"));
        Assert.Equal(("zhou", null, Time("10:05")), (floor.State.Duty!.Holder, floor.State.Duty.HandingTo, floor.State.Duty.Since));
        // Handed on without a break: covered since the first of them.
        Assert.Equal((Time("09:00"), null), (floor.State.DutyWatch.CoveredSince, floor.State.DutyWatch.VacantSince));
    }

    [Fact]
    public void An_offer_that_is_declined_leaves_everything_as_it_was()
    {
        var before = Held();
        var floor = Held().Tell(new DutyOffered(Time("10:00"), "zhou", "chen")).Tell(new DutyDeclined(Time("10:01"), "zhou"));
        Assert.Equal(before.State.Duty, floor.State.Duty);
        Assert.Same(floor.State.Duty, floor.Tell(new DutyDeclined(Time("10:02"), "zhou")).State.Duty);
    }

    [Fact]
    public void A_floor_is_asked_for_a_duty_supervisor_once_it_had_one_or_says_when_it_is_open()
    {
        Assert.Null(new Story().State.DutyWatch.VacantSince);
        Assert.Equal(Time("08:00"), new Story(FloorSetup.Default with { OpeningHours = [new(TimeSpan.Zero, TimeSpan.Zero, [])] }).State.DutyWatch.VacantSince);
        var left = Held().Tell(new DutyTaken(Time("11:00"), null));
        Assert.Equal((Time("11:00"), null), (left.State.DutyWatch.VacantSince, left.State.DutyWatch.CoveredSince));
    }

    [Fact]
    public void A_page_that_is_gone_was_last_heard_no_earlier_than_the_duty_was_taken()
    {
        var floor = Held().Tell(new DutyHolderUnseen(Time("09:03"), Time("08:50")));
        Assert.Equal(Time("09:00"), floor.State.Duty!.UnseenSince);
        Assert.Null(floor.Tell(new DutyHolderSeen(Time("09:04"))).State.Duty!.UnseenSince);
        Assert.Null(floor.Tell(new DutyHolderUnseen(Time("09:10"), Time("09:08"))).Tell(new DutyTaken(Time("09:20"), "zhou")).State.Duty!.UnseenSince);
    }

    [Fact]
    public void Rounds_are_kept_the_newest_of_them_with_one_picture_each()
    {
        var floor = Held();
        for (var i = 0; i < DutyWatch.MaxPatrols + 3; i++) floor.Tell(new PatrolRecorded(Time("10:00").AddMinutes(i), "chen", $"round {i}", ["1001"]));
        var patrols = floor.State.DutyWatch.Patrols;
        Assert.Equal((DutyWatch.MaxPatrols, "round 3"), (patrols.Count, patrols[0].Seen));
        var id = floor.State.DutyWatch.LastPatrol!.Id;
        floor.Tell(new PatrolPictured(Time("12:00"), id, "a.jpg")).Tell(new PatrolPictured(Time("12:01"), id, "b.jpg"));
        Assert.Equal("a.jpg", floor.State.DutyWatch.LastPatrol!.Picture);
    }

    [Fact]
    public void The_house_says_who_may_do_what_about_the_duty()
    {
        var floor = Held().Tell(new DutyOffered(Time("10:00"), "zhou", "chen")).State;
        var now = Time("10:01");
        Assert.IsType<DutyTaken>(HouseGate.Ask(new AcceptDuty("zhou"), floor, now).Event);
        Assert.NotNull(HouseGate.Ask(new AcceptDuty("wang"), floor, now).Refusal);
        Assert.IsType<DutyDeclined>(HouseGate.Ask(new DeclineDuty("chen"), floor, now).Event);
        Assert.NotNull(HouseGate.Ask(new DeclineDuty("wang"), floor, now).Refusal);
        Assert.Equal("只有本人可以移交", HouseGate.Ask(new HandOverDuty("wang", "zhou"), floor, now).Refusal!.Text.Zh.Split(',')[1]);
        Assert.NotNull(HouseGate.Ask(new HandOverDuty("chen", "chen"), floor, now).Refusal);
        Assert.NotNull(HouseGate.Ask(new HandOverDuty("chen", "zhou"), FloorState.Empty, now).Refusal);
        // A page that was there all along changes nothing; one that is not the holder's is nobody's.
        Assert.Equal(default, HouseGate.Ask(new BeatDuty("chen"), floor, now));
        Assert.NotNull(HouseGate.Ask(new BeatDuty("zhou"), floor, now).Refusal);
        Assert.IsType<DutyHolderSeen>(HouseGate.Ask(new BeatDuty("chen"), FloorFold.Apply(floor, new DutyHolderUnseen(now, now)), now).Event);
        Assert.NotNull(HouseGate.Ask(new MessageTeam("chen", "A", "hello"), floor, now).Refusal);
        Assert.NotNull(HouseGate.Ask(new PicturePatrol("chen", "p1", "x.jpg"), floor, now).Refusal);
    }

    [Theory]
    [InlineData("10:00:09", "chen", false)]
    [InlineData("10:00:10", "chen", true)]
    [InlineData("10:00:09", "zhou", true)]
    public void A_round_sent_twice_is_one(string at, string by, bool granted)
    {
        var floor = Held().Tell(new PatrolRecorded(Time("10:00"), "chen", "all quiet", [])).State;
        Assert.Equal(granted, HouseGate.Ask(new RecordPatrol(by, "all quiet", []), floor, Time(at)).Refusal is null);
    }
}
