using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>
/// A second source beside the switch that has the queues, and who wins where they differ (<see cref="PhoneWords"/>).
/// </summary>
public sealed class PhoneSightTests
{
    private const string Watch = "phones";

    private static Story Floor()
    {
        var story = new Story(FloorSetup.Default with { Feeds = [new(Story.Pbx, "ami"), new(Watch, "sip")], Agents = [new("wang", "王芳", null, "PJSIP/wang")] });
        return story.Tell(new FeedSynced(story.Now, Watch, Story.Empty with { Phones = [new("wang", PhoneState.Idle, "dialog")] }));
    }

    private static Story Sees(Story story, PhoneState phone, string word = "dialog", string? party = null) =>
        story.Tell(new PhoneSeen(story.Now, Watch, new("wang", phone, word) { Party = party }));

    [Fact]
    public void A_phone_that_is_seen_signs_nobody_in()
    {
        var story = Sees(Floor().At("09:00"), PhoneState.InUse);
        Assert.Equal((AgentState.SignedOut, false), (story["wang"].State, AgentStatus.IsSignedIn(story["wang"])));
        Assert.Null(story["wang"].Session);
    }

    [Fact]
    public void A_call_past_the_switch_shows_by_the_second_source_and_is_one_state_and_no_second_call()
    {
        var story = Floor().At("09:00").Joins("wang", "support");
        Sees(story.At("09:10"), PhoneState.Ringing);
        Assert.Equal(AgentState.Ringing, story["wang"].State);
        Sees(story.At("09:11"), PhoneState.InUse, party: "13800001234");
        Assert.Equal((AgentState.OnCall, Story.Time("09:11")), (story["wang"].State, story["wang"].Since));
        Assert.Null(story["wang"].Call);
        Assert.Empty(story.State.DialedCalls);
        Assert.True(LiveCall.IsOn(story["wang"]));
        Sees(story.At("09:12"), PhoneState.Idle);
        Assert.Equal(AgentState.Available, story["wang"].State);
    }

    [Fact]
    public void A_call_of_a_queue_is_told_by_the_switch_whatever_the_second_source_sees_and_when()
    {
        var story = Floor().At("09:00").Joins("wang", "support").CallerJoins("support", "c1");
        Sees(story.At("09:10"), PhoneState.Ringing);
        story.At("09:10:01").Rings("wang", "support", "c1").At("09:10:05").Answers("wang", "support", "c1");
        Sees(story, PhoneState.InUse).Phone("wang", "support", PhoneState.InUse, inCall: true);
        Assert.Equal(("c1", AgentState.OnCall), (story["wang"].Call!.Id, story["wang"].State));
        // The second source still sees the phone busy when the switch has told of the end: an echo, and no call of its own.
        story.At("09:15").Completes("wang", "support", "c1").Phone("wang", "support", PhoneState.Idle);
        Assert.Equal(AgentState.Available, story["wang"].State);
        Sees(story.At("09:15:01"), PhoneState.Idle);
        Assert.Equal((AgentState.Available, Story.Time("09:15")), (story["wang"].State, story["wang"].Since));
    }

    [Fact]
    public void A_phone_that_rings_anew_right_after_a_call_is_no_echo_of_it()
    {
        var story = Floor().At("09:00").Joins("wang", "support").CallerJoins("support", "c1").Rings("wang", "support", "c1").Answers("wang", "support", "c1");
        Sees(story, PhoneState.InUse).At("09:15").Completes("wang", "support", "c1");
        Sees(Sees(story, PhoneState.Idle).At("09:15:01"), PhoneState.Ringing);
        Assert.Equal(AgentState.Ringing, story["wang"].State);
    }

    [Fact]
    public void A_phone_that_the_registrar_has_lost_is_unreachable_though_the_queue_sees_it_idle_and_both_words_are_kept()
    {
        var story = Floor().At("09:00").Joins("wang", "support");
        Sees(story.At("09:10"), PhoneState.Unreachable, "reg");
        Assert.Equal((AgentState.Unreachable, PhoneState.Idle), (story["wang"].State, story["wang"].Phone));
        Assert.Equal(Story.Time("09:10"), Assert.Single(story["wang"].Sights).DisagreesSince);
        Sees(story.At("09:11"), PhoneState.Idle, "reg");
        Assert.Equal(AgentState.Available, story["wang"].State);
        Assert.Null(Assert.Single(story["wang"].Sights).DisagreesSince);
    }

    [Fact]
    public void A_phone_that_the_switch_cannot_reach_is_unreachable_though_the_second_source_sees_it()
    {
        var story = Floor().At("09:00").Joins("wang", "support");
        story.At("09:10").Phone("wang", "support", PhoneState.Unreachable);
        Assert.Equal(AgentState.Unreachable, story["wang"].State);
        Assert.Equal(Story.Time("09:10"), Assert.Single(story["wang"].Sights).DisagreesSince);
    }

    [Fact]
    public void A_phone_that_the_switch_shows_in_use_is_in_use_though_its_registration_is_gone()
    {
        var story = Floor().At("09:00").Joins("wang", "support").Phone("wang", "support", PhoneState.InUse);
        Sees(story.At("09:10"), PhoneState.Unreachable, "reg");
        Assert.Equal(AgentState.OnCall, story["wang"].State);
        Assert.NotNull(Assert.Single(story["wang"].Sights).DisagreesSince);
    }

    [Fact]
    public void Ringing_and_in_use_are_no_contradiction()
    {
        var story = Floor().At("09:00").Joins("wang", "support").Phone("wang", "support", PhoneState.InUse);
        Sees(story, PhoneState.Ringing);
        Assert.Null(Assert.Single(story["wang"].Sights).DisagreesSince);
    }

    [Fact]
    public void Membership_and_pause_are_the_switchs_alone()
    {
        var story = Floor().At("09:00").Joins("wang", "support").At("10:00").Pauses("wang", "support", "short");
        Sees(Sees(story.At("10:01"), PhoneState.Unreachable, "reg").At("10:02"), PhoneState.Idle);
        Assert.Equal((AgentState.OnBreak, Story.Time("10:00")), (story["wang"].State, story["wang"].Break!.Since));
        Assert.Single(story["wang"].Members);
        Assert.Equal(Story.Time("09:00"), story["wang"].Session!.SignedInAt);
    }

    [Fact]
    public void When_the_second_source_is_lost_the_switchs_word_holds_and_nobody_becomes_unknown()
    {
        var story = Floor().At("09:00").Joins("wang", "support");
        Sees(story.At("09:10"), PhoneState.InUse).At("09:11").Tell(new FeedLost(story.Now, Watch, "cut"));
        Assert.Equal(AgentState.Available, story["wang"].State);
        Assert.NotNull(Assert.Single(story["wang"].Sights).Phone.Lost);
        story.At("09:12").Tell(new FeedSynced(story.Now, Watch, Story.Empty with { Phones = [new("wang", PhoneState.InUse, "dialog")] }));
        Assert.Equal(AgentState.OnCall, story["wang"].State);
    }

    [Fact]
    public void One_phone_that_the_second_source_cannot_see_is_said_and_changes_nothing_else()
    {
        var story = Floor().At("09:00").Joins("wang", "support");
        story.Tell(new PhoneSeen(story.Now, Watch, new("wang", PhoneState.Unknown, "") { Lost = new("没有", "404 Not Found") }));
        Assert.Equal(AgentState.Available, story["wang"].State);
        Assert.Equal("404 Not Found", Assert.Single(story["wang"].Sights).Phone.Lost!.En);
    }

    [Fact]
    public void A_feed_that_is_configured_no_more_takes_its_sights_with_it()
    {
        var story = Floor().At("09:00").Joins("wang", "support");
        Sees(story, PhoneState.Unreachable, "reg").Tell(new FloorConfigured(story.Now, story.Setup with { Feeds = [new(Story.Pbx, "ami")] }));
        Assert.Empty(story["wang"].Sights);
        Assert.Equal(AgentState.Available, story["wang"].State);
    }

    [Fact]
    public void A_static_member_is_signed_in_by_the_switchs_own_word_of_the_phone()
    {
        var story = Floor().At("09:00").Joins("wang", "desk", isStatic: true);
        Sees(story, PhoneState.Unreachable, "reg");
        Assert.Equal(AgentState.Unreachable, story["wang"].State);
        Assert.Null(story["wang"].Session!.LeftAt);
    }
}
