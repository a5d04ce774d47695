using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

public sealed class MessageTests
{
    private static readonly FloorSetup Setup = FloorSetup.Default with
    {
        Feeds = [new(Pbx, "ami")],
        Agents = [new("wang", "Wang", "A", "PJSIP/1"), new("li", "Li", "A", "PJSIP/2"), new("zhao", "Zhao", "B", "PJSIP/3")],
    };

    [Fact]
    public void A_message_stands_until_it_is_read_and_is_read_once()
    {
        var floor = new Story(Setup).At("09:00").Tell(new MessageSent(Time("09:00"), "wang", "lead", "请到 3 号会议室"));
        var message = Assert.Single(floor["wang"].Messages);
        Assert.Equal((Time("09:00"), "lead", "请到 3 号会议室", null), (message.At, message.From, message.Text, message.ReadAt));
        floor.Tell(new MessageRead(Time("09:05"), "wang", message.Id)).Tell(new MessageRead(Time("09:06"), "wang", message.Id)).Tell(new MessageRead(Time("09:06"), "li", message.Id));
        Assert.Equal(Time("09:05"), floor["wang"].Messages[0].ReadAt);
    }

    [Fact]
    public void A_word_to_a_team_is_one_to_each_of_it()
    {
        var floor = new Story(Setup).Tell(new TeamMessageSent(Time("09:00"), "A", "lead", "stand-up at ten"));
        Assert.Equal((1, 1, 0), (floor["wang"].Messages.Count, floor["li"].Messages.Count, floor["zhao"].Messages.Count));
    }

    [Fact]
    public void How_it_stands_with_the_phone_is_kept_with_the_message_and_the_newest_message_is_known()
    {
        var floor = new Story(Setup).Tell(new MessageSent(Time("09:00"), "wang", "lead", "x"));
        var id = floor["wang"].Messages[0].Id;
        Assert.Equal($"m{floor.State.LastMessage}", id);
        floor.Tell(new MessagePhoned(Time("09:01"), "wang", id, PhoneDelivery.Retrying, "480 Gone")).Tell(new MessagePhoned(Time("09:02"), "wang", id, PhoneDelivery.Retrying, "480 Gone"));
        // The same again is no news: it has been so since the first.
        Assert.Equal(new(PhoneDelivery.Retrying, Time("09:01"), "480 Gone"), floor["wang"].Messages[0].Phone);
        floor.Tell(new MessagePhoned(Time("09:03"), "wang", id, PhoneDelivery.Delivered, "200 OK")).Tell(new MessagePhoned(Time("09:03"), "li", id, PhoneDelivery.Failed, ""));
        Assert.Equal(PhoneDelivery.Delivered, floor["wang"].Messages[0].Phone!.State);
        Assert.Empty(floor["li"].Messages);
    }

    [Fact]
    public void There_are_so_many_and_no_more_and_what_was_read_goes_first()
    {
        var floor = new Story(Setup);
        for (var i = 0; i < Agent.MaxMessagesKept; i++) floor.Tell(new MessageSent(Time("09:00").AddSeconds(i), "wang", "lead", $"{i}"));
        floor.Tell(new MessageRead(Time("09:05"), "wang", floor["wang"].Messages[5].Id)).Tell(new MessageSent(Time("09:06"), "wang", "lead", "new"));
        Assert.Equal(Agent.MaxMessagesKept, floor["wang"].Messages.Count);
        Assert.DoesNotContain("5", floor["wang"].Messages.Select(message => message.Text));
        floor.Tell(new MessageSent(Time("09:07"), "wang", "lead", "newer"));
        Assert.DoesNotContain("0", floor["wang"].Messages.Select(message => message.Text));
        Assert.Contains("new", floor["wang"].Messages.Select(message => message.Text));
    }

    [Fact]
    public void The_gate_asks_for_a_hand_that_is_up_another_to_see_it_and_a_message_that_is_there()
    {
        var floor = new Story(Setup).At("09:00");
        Assert.IsType<Refused>(Ask(floor, new AcknowledgeHand("wang", "lead")));
        floor.Tell(new HandRaised(Time("09:00"), "wang"));
        Assert.IsType<Refused>(Ask(floor, new AcknowledgeHand("wang", "wang")));
        Assert.IsType<Granted>(Ask(floor, new AcknowledgeHand("wang", "lead")));
        floor.Tell(new HandAcknowledged(Time("09:01"), "wang", "lead"));
        Assert.Equal("Acknowledged already by lead at 09:01:00", Assert.IsType<Refused>(Ask(floor, new AcknowledgeHand("wang", "lead"))).Text.En);
        Assert.IsType<Refused>(Ask(floor, new ReadMessage("wang", "wang", "m1")));
        Assert.IsType<Granted>(Ask(floor, new SendMessage("wang", "lead", "hello")));
        Assert.Equal("message", GateWords.Of(new SendMessage("wang", "lead", "hello")));
    }

    private static GateAnswer Ask(Story floor, FloorCommand command) => FloorGate.Ask(command, floor.State, [], floor.Now);
}
