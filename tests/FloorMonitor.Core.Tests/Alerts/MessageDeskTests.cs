using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Tests.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Alerts;

/// <summary>Which of people's words go to which phone.</summary>
public sealed class MessageDeskTests
{
    private static readonly FloorSetup Setup = FloorSetup.Default with
    {
        Feeds = [new(Pbx, "ami")],
        Agents = [new("wang", "王芳", "A", "PJSIP/1001"), new("li", "李伟", "A", "sip:1002@pbx.example"), new("zhao", "Zhao", "B", "Agent/zhao@x@y"), new("sun", "Sun", "A", "PJSIP/1001")],
    };

    private static readonly AlertSettings Phones = new() { Phones = "sip" };

    [Fact]
    public void A_message_goes_to_the_agents_phone_in_the_words_and_with_the_name_of_who_wrote_it()
    {
        var floor = new Story(Setup).At("09:00").Tell(new MessageSent(Time("09:00"), "wang", "li", "来一下,please"));
        var message = Assert.Single(Decide(floor));
        Assert.Equal((AlertNews.Message, "李伟: 来一下,please", "", new AlertTarget("sip", "1001", "", "wang")), (message.News, message.Title, message.Body, message.Target));
        Assert.Equal(message, Assert.Single(Decide(floor)));
        Assert.Equal(floor["wang"].Messages[0].Id, MessageDesk.IdOf(message));
        Assert.False(message.CanAcknowledge);
        floor.Tell(new MessageSent(Time("09:00"), "li", "stranger", "x"));
        Assert.Equal(("stranger: x", "sip:1002@pbx.example"), Decide(floor).Where(one => one.Target.Person == "li").Select(one => (one.Title, one.Target.To)).Single());
    }

    [Fact]
    public void Nothing_goes_without_a_channel_without_a_phone_after_it_was_read_when_it_is_stale_or_looked_at_before()
    {
        var floor = new Story(Setup).At("09:00").Tell(new MessageSent(Time("09:00"), "wang", "lead", "x")).Tell(new MessageSent(Time("09:00"), "zhao", "lead", "x"));
        Assert.Empty(MessageDesk.Decide(floor.State, new(), 0, floor.Now));
        Assert.Single(Decide(floor));
        Assert.Empty(MessageDesk.Decide(floor.State, Phones, floor.State.LastMessage, floor.Now));
        Assert.Single(MessageDesk.Decide(floor.State, Phones, 0, Time("10:00")));
        Assert.Empty(MessageDesk.Decide(floor.State, Phones, 0, Time("10:01")));
        floor.Tell(new MessageRead(Time("09:01"), "wang", floor["wang"].Messages[0].Id));
        Assert.Empty(Decide(floor));
    }

    [Fact]
    public void A_team_message_goes_to_the_members_who_are_signed_in()
    {
        var floor = new Story(Setup).At("09:00").Joins("wang", "support").Tell(new TeamMessageSent(Time("09:00"), "A", "lead", "stand-up"));
        Assert.Equal(["wang"], Decide(floor).Select(one => one.Target.Person));
        Assert.All(floor["li"].Messages, message => Assert.True(message.ToTeam));
    }

    [Fact]
    public void Words_to_one_person_do_not_go_to_a_seat_at_which_another_is_signed_in()
    {
        var floor = new Story(Setup).At("09:00").Tell(new MessageSent(Time("09:00"), "sun", "lead", "private"));
        Assert.Equal("1001", Assert.Single(Decide(floor)).Target.To);
        var seat = floor["wang"].Seat!;
        floor.Tell(new MemberJoined(floor.Now, Pbx, new("wang", "wang", "PJSIP/1001", seat, "support", 0, false, null, false, "", null, PhoneState.Idle, false, TimeSpan.Zero, null)));
        Assert.Empty(Decide(floor));
    }

    [Fact]
    public void Words_to_one_who_left_a_hot_desk_go_to_their_own_phone_and_to_none_where_the_file_has_none()
    {
        static SeenMember At(string agent, string seat) =>
            new(agent, agent, $"PJSIP/{seat}", seat, "support", 0, false, null, false, "", null, PhoneState.Idle, false, TimeSpan.Zero, null);
        var floor = new Story(Setup).At("09:00");
        foreach (var (agent, seat) in new[] { ("wang", "hot7"), ("zhao", "hot8"), ("passer-by", "hot9") })
        {
            floor.Tell(new MemberJoined(floor.Now, Pbx, At(agent, seat)));
            floor.Tell(new MessageSent(floor.Now, agent, "lead", "private"));
        }

        Assert.Equal(["hot7", "hot8", "hot9"], Decide(floor).Select(one => one.Target.To).Order(StringComparer.Ordinal));
        floor.Leaves("wang", "support").Leaves("zhao", "support").Leaves("passer-by", "support");
        Assert.Equal(("wang", "1001"), Decide(floor).Select(one => (one.Target.Person, one.Target.To)).Single());
    }

    [Fact]
    public void Whom_the_file_gives_a_phone_has_that_one()
    {
        var floor = new Story(Setup).At("09:00").Tell(new MessageSent(Time("09:00"), "wang", "lead", "x"));
        var settings = Phones with { People = [new("w", "王芳", "zh", [new("email", "w@x.y"), new("sip", "8001")]) { Agent = "wang" }] };
        Assert.Equal("8001", Assert.Single(MessageDesk.Decide(floor.State, settings, 0, floor.Now)).Target.To);
    }

    [Fact]
    public void Quiet_hours_do_not_hold_what_a_person_wrote()
    {
        var floor = new Story(Setup).At("09:00").Tell(new MessageSent(Time("09:00"), "wang", "lead", "x"));
        Assert.Single(MessageDesk.Decide(floor.State, Phones with { Quiet = new(TimeSpan.Zero, TimeSpan.FromHours(23), []) }, 0, floor.Now));
    }

    private static System.Collections.Immutable.ImmutableArray<AlertMessage> Decide(Story floor) => MessageDesk.Decide(floor.State, Phones, 0, floor.Now);
}
