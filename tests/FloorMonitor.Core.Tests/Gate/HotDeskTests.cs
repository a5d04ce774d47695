using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Core.Tests.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Gate;

/// <summary>Who signs in by phone is reached where they sit.</summary>
public sealed class HotDeskTests
{
    private static Day Floor(params IFloorRule[] rules)
    {
        var setup = RosterDay.Setup(RosterDay.Line(seat: "hot7")) with
        {
            Agents = [new("1001", "王芳", "A", "PJSIP/1001"), new("1002", "李强", "A", "PJSIP/1002"), new("1003", "赵敏", "A", "Local/1003@agents/n"), new("1004", "陈静", "A", "1004")],
        };
        // Somebody is in the queue, so that the floor knows it.
        return new Day(setup, rules).At("08:50").Joins("1002", "support").At("08:55");
    }

    private static SignIn From(string? phone, string agent = "1001") => new(agent, agent, ["support"]) { Phone = phone, Door = GateDoor.Phone };

    private static JoinQueue Join(GateAnswer answer) => Assert.IsType<JoinQueue>(Assert.Single(Assert.IsType<Granted>(answer).Actions.AsSpan().ToArray()));

    private static string Refusal(GateAnswer answer) => Assert.IsType<Refused>(answer).Text.Zh;

    [Theory]
    [InlineData("1001", "PJSIP/hot7", "PJSIP/hot7", "1001")]
    [InlineData("1001", "PJSIP/1001", "PJSIP/1001", "王芳")]
    [InlineData("1001", null, "PJSIP/1001", "王芳")]
    [InlineData("1003", "PJSIP/hot7", "Local/1003@agents/n", "赵敏")]
    [InlineData("1004", "PJSIP/1004", "PJSIP/1004", "陈静")]
    public void The_phone_that_asks_is_the_one_that_rings(string agent, string? phone, string address, string name)
    {
        var join = Join(Floor().Ask(From(phone, agent)));
        Assert.Equal((address, name), (join.Address, join.Name));
    }

    [Fact]
    public void A_colleagues_phone_is_refused_and_so_is_a_second_seat()
    {
        var day = Floor();
        Assert.Equal("这部话机是 李强 的,请在自己的或公用的话机签入", Refusal(day.Ask(From("PJSIP/1002"))));
        day.Joins("1001", "sales");
        Assert.Equal("已在座位 1001 签入,请先签出", Refusal(day.Ask(From("PJSIP/hot7"))));
    }

    [Theory]
    [InlineData("support")]
    [InlineData("sales")]
    public void A_hot_desk_at_which_a_colleague_is_still_signed_in_is_refused_until_they_sign_out(string queue)
    {
        var day = AtHotDesk().Joins("1002", "sales");
        var command = From("PJSIP/hot7", "1004") with { Queues = [queue] };
        var refused = Assert.IsType<Refused>(day.Ask(command));
        Assert.Equal(("王芳 仍在这部话机签入,请其先签出", "王芳 is still signed in at this phone: they must sign out first"), (refused.Text.Zh, refused.Text.En));
        // Who is there asks for more queues of their own.
        if (queue == "sales") Assert.Equal("PJSIP/hot7", Join(day.Ask(From("PJSIP/hot7") with { Queues = [queue] })).Address);
        day.At("09:20").Leaves("1001", "support").At("09:21");
        Assert.Equal("PJSIP/hot7", Join(day.Ask(command)).Address);
    }

    [Fact]
    public void Who_left_a_hot_desk_and_signs_in_elsewhere_is_not_rung_there()
    {
        var day = AtHotDesk();
        Assert.Equal(("PJSIP/hot7", "hot7"), (day["1001"].Address, day["1001"].Seat));
        day.At("09:20").Leaves("1001", "support").At("09:21");
        Assert.Equal("PJSIP/1001", Join(day.Ask(From(null))).Address);
        Assert.Equal("PJSIP/hot8", Join(day.Ask(From("PJSIP/hot8"))).Address);
    }

    [Fact]
    public void Who_sits_where_the_roster_says_is_not_told_to_sit_elsewhere() =>
        Assert.Empty(AtHotDesk(new AssignedSeat()).Ticks("09:05").Verdicts);

    [Fact]
    public void Who_is_put_back_is_put_back_at_the_hot_desk_under_the_same_name()
    {
        var day = AtHotDesk(new SettleIn());
        day.At("09:10").Leaves("1001", "support").At("09:10:01").Ticks();
        Assert.Equal([new JoinQueue(Pbx, "PJSIP/hot7", "support", 0, "1001")], day.Actions);
    }

    private static Day AtHotDesk(params IFloorRule[] rules)
    {
        var day = Floor(rules).At("09:00");
        return day.Tell(new MemberJoined(day.Now, Pbx, Seen("1001", "support") with { Name = "1001", Address = "PJSIP/hot7", Seat = "hot7" }));
    }
}
