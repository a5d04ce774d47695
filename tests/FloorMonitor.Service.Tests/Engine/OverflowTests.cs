using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Tests.Support;

namespace FloorMonitor.Service.Tests.Engine;

public sealed class OverflowTests
{
    private static readonly DateTimeOffset At = Floors.Start;

    [Fact]
    public async Task What_does_not_fit_costs_the_feed_a_new_snapshot_and_no_single_event_is_lost_in_silence()
    {
        using var engine = await new EngineUnderTest(capacity: 4).StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        var feed = engine.Feeds["pbx"];

        for (var i = 0; i < 6; i++) feed.Say(Pause(i));
        Assert.Equal(["overflow"], feed.Resyncs);
        engine.Work();
        Assert.Equal(AgentState.OnBreak, engine.State.Agents["1001"].State);

        // The queue has room again, but the feed's words count no more until it has shown everything anew.
        feed.Say(Floors.Said(new MemberResumed(At, "pbx", "1001", "support")));
        engine.Work();
        Assert.Equal(FeedState.Lost, engine.State.Feeds["pbx"].State);
        Assert.Equal("overflow", engine.State.Feeds["pbx"].Reason);
        Assert.Equal(AgentState.Unknown, engine.State.Agents["1001"].State);

        engine.Say(Floors.Synced("pbx", At.AddSeconds(9), Floors.Member("1001", "support", At)));
        Assert.Equal(AgentState.Available, engine.State.Agents["1001"].State);
        engine.Say(Pause(9));
        Assert.Equal(AgentState.OnBreak, engine.State.Agents["1001"].State);
        Assert.Single(feed.Resyncs);
    }

    [Fact]
    public async Task A_feed_that_falls_silent_after_an_overflow_is_still_said_to_be_lost_at_the_next_tick()
    {
        using var engine = await new EngineUnderTest(capacity: 2).StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        for (var i = 0; i < 3; i++) engine.Feeds["pbx"].Say(Pause(i));
        engine.Work();
        Assert.Equal(FeedState.Synced, engine.State.Feeds["pbx"].State);

        engine.Pass(TimeSpan.FromMilliseconds(500));
        Assert.Equal(FeedState.Lost, engine.State.Feeds["pbx"].State);
    }

    [Fact]
    public async Task A_snapshot_for_which_there_was_no_room_is_asked_for_again()
    {
        using var engine = await new EngineUnderTest(capacity: 2).StartAsync();
        var feed = engine.Feeds["pbx"];
        feed.Say(Pause(0));
        feed.Say(Pause(1));
        feed.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        Assert.Equal(["overflow"], feed.Resyncs);
        feed.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        Assert.Equal(["overflow", "overflow"], feed.Resyncs);

        engine.Work();
        engine.Pass(TimeSpan.FromSeconds(1));
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        Assert.Equal(FeedState.Synced, engine.State.Feeds["pbx"].State);
    }

    [Fact]
    public async Task Another_feed_goes_on_while_one_is_read_anew()
    {
        using var engine = await new EngineUnderTest(capacity: 3).StartAsync(Floors.Config("left", "right"));
        engine.Say(Floors.Synced("left", At, Floors.Member("1001", "support", At)));
        engine.Say(Floors.Synced("right", At, Floors.Member("1002", "sales", At)));
        for (var i = 0; i < 4; i++) engine.Feeds["left"].Say(Pause(i, "left"));
        engine.Work();

        engine.Say(Floors.Said(new MemberPaused(At, "right", "1002", "sales", "meal", At)));
        engine.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(AgentState.OnBreak, engine.State.Agents["1002"].State);
        Assert.Equal(FeedState.Synced, engine.State.Feeds["right"].State);
        Assert.Equal(FeedState.Lost, engine.State.Feeds["left"].State);
        Assert.Empty(engine.Feeds["right"].Resyncs);
    }

    private static Pbx.FeedMessage Pause(int second, string feed = "pbx") =>
        Floors.Said(new MemberPaused(At.AddSeconds(second), feed, "1001", "support", "meal", At.AddSeconds(second)));
}
