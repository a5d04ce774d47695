using FloorMonitor.Core.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>Exceptions: given beforehand, for a limited time, used up by the act that they allow.</summary>
public sealed class GrantTests
{
    private static Story Granted(string allow, string at = "09:05", string until = "09:35") =>
        new Story().At("09:00").Joins("wang", "support").At(at).Tell(new GrantGiven(Time(at), "wang", allow, "接孩子", "lead", Time(until)));

    [Theory]
    [InlineData("09:04:59", false)]
    [InlineData("09:05:00", true)]
    [InlineData("09:34:59", true)]
    [InlineData("09:35:00", false)]
    public void It_holds_from_its_giving_to_its_end(string at, bool covers)
    {
        var floor = Granted("sign-out");
        Assert.Equal(covers, Grant.Covers(floor["wang"], GrantWords.SignOut, Time(at)));
        Assert.False(Grant.Covers(floor["wang"], GrantWords.Break, Time(at)));
    }

    [Fact]
    public void It_is_gone_the_moment_that_its_time_is_over()
    {
        var floor = Granted("break").At("09:34:59").Ticks();
        Assert.Single(floor["wang"].Grants);
        Assert.Equal(Time("09:35"), floor.State.NextDueAt);
        Assert.True(floor.At("09:35").Ticks()["wang"].Grants.IsEmpty);
    }

    [Fact]
    public void A_sign_out_uses_it_up_and_keeps_it()
    {
        var floor = Granted("sign-out").At("09:10").Leaves("wang", "support");
        Assert.True(floor["wang"].Grants.IsEmpty);
        Assert.Equal(("lead", "接孩子"), (floor["wang"].Session!.LeftGrant!.By, floor["wang"].Session!.LeftGrant!.Reason));
        floor.At("09:12").Joins("wang", "support").At("09:13").Leaves("wang", "support");
        Assert.Null(floor["wang"].Session!.LeftGrant);
    }

    [Fact]
    public void A_change_of_queues_gives_it_back()
    {
        var floor = Granted("sign-out").At("09:10:00.000").Leaves("wang", "support").At("09:10:00.400").Joins("wang", "sales");
        Assert.Single(floor["wang"].Grants);
        Assert.Null(floor["wang"].Session!.LeftGrant);
        Assert.NotNull(floor.At("09:11").Leaves("wang", "sales")["wang"].Session!.LeftGrant);
    }

    [Fact]
    public void A_break_uses_it_up_once_and_a_personal_need_never_does()
    {
        var floor = Granted("break").At("09:06").Pauses("wang", "support", "personal");
        Assert.Single(floor["wang"].Grants);
        floor.At("09:07").Pauses("wang", "support", "short");
        Assert.Equal("lead", floor["wang"].Break!.Grant!.By);
        Assert.True(floor["wang"].Grants.IsEmpty);
        Assert.Null(floor.At("09:08").Resumes("wang", "support").At("09:09").Pauses("wang", "support", "short")["wang"].Break!.Grant);
    }

    [Fact]
    public void It_covers_what_the_switch_dates_in_the_second_in_which_it_was_given()
    {
        var floor = Granted("break", "09:05:08.500").At("09:05:08.870").Pauses("wang", "support", "short", Time("09:05:08"));
        Assert.Equal(Time("09:05:08"), floor["wang"].Break!.Since);
        Assert.Equal("lead", floor["wang"].Break!.Grant!.By);
        Assert.Null(Granted("break", "09:05:08.500").At("09:05:09").Pauses("wang", "support", "short", Time("09:05:07"))["wang"].Break!.Grant);
    }

    [Fact]
    public void A_pause_set_during_a_call_was_allowed_when_it_was_set_however_long_the_call_lasts()
    {
        var floor = Granted("break").At("09:20").Answers("wang", "support", "c1").At("09:30").Pauses("wang", "support", "short");
        floor.At("09:40").Ticks().At("09:50").Completes("wang", "support", "c1");
        Assert.Equal(Time("09:50"), floor["wang"].Break!.Since);
        Assert.Equal("lead", floor["wang"].Break!.Grant!.By);
    }

    [Fact]
    public void A_late_sign_in_keeps_the_exception_that_allowed_it()
    {
        var floor = new Story(FloorSetup.Default with { Feeds = [new(Pbx, "ami")], Agents = [new("wang", "Wang", null, "PJSIP/1001")] });
        floor.At("08:30").Tell(new GrantGiven(floor.Now, "wang", "late", "地铁停运", "lead", Time("10:00"))).At("09:20").Joins("wang", "support");
        Assert.Equal("地铁停运", floor["wang"].Session!.SignInGrant!.Reason);
        Assert.True(floor["wang"].Grants.IsEmpty);
    }

    [Fact]
    public void What_is_taken_back_allows_nothing_and_their_number_is_bounded()
    {
        var floor = Granted("sign-out");
        floor.Tell(new GrantRevoked(floor.Now, "wang", floor["wang"].Grants[0].Id, "lead"));
        Assert.True(floor["wang"].Grants.IsEmpty);
        for (var i = 0; i < 20; i++) floor.Tell(new GrantGiven(floor.Now, "wang", "break", "r", "lead", Time("09:35")));
        Assert.Equal(8, floor["wang"].Grants.Count);
    }
}
