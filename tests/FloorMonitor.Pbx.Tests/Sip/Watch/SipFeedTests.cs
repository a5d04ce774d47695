using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Watch;
using FloorMonitor.Pbx.Tests.Ami;
using static FloorMonitor.Pbx.Tests.Sip.Watch.Capture;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>The feed over a user agent that the test plays: rounds, snapshots, losses, and what the gate asks.</summary>
public sealed class SipFeedTests
{
    private static readonly ValueArray<AgentSetup> Agents = [new("wang", "王芳", null, "1001"), new("li", "李伟", null, "1002")];
    private static readonly SipFeedOptions Options = new("phones", "pbx.test") { Packages = [PhonePackage.Dialog, PhonePackage.Reg] };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed class Feed : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task running;
        private int read;

        public Feed(SipFeedOptions? options = null, FloorState? known = null)
        {
            Account = new FakeUserAgent(Clock);
            It = new SipFeed(options ?? Options, Account, Agents, known ?? FloorState.Empty, Clock);
            It.Messages.Subscribe(said =>
            {
                lock (Said) Said.Add(said);
            });
            running = It.RunAsync(stop.Token);
        }

        public WatchedClock Clock { get; } = new();

        public FakeUserAgent Account { get; }

        public SipFeed It { get; }

        public List<FeedMessage> Said { get; } = [];

        /// <summary>Kinds of what was said since the last look.</summary>
        public string News()
        {
            lock (Said)
            {
                var news = string.Join(' ', Said.Skip(read).SelectMany(said => said.Events.AsSpan().ToArray()).Select(e => e.GetType().Name));
                read = Said.Count;
                return news;
            }
        }

        public FeedSnapshot Snapshot() => Said.SelectMany(said => said.Events.AsSpan().ToArray()).OfType<FeedSynced>().Last().Snapshot;

        public async Task<Feed> RunsAsync()
        {
            await Account.Running.Task.WaitAsync(FeedUnderTest.Patience);
            News();
            return this;
        }

        public async Task<Feed> SyncedAsync()
        {
            await RunsAsync();
            Account.Up();
            foreach (var seat in new[] { "1001", "1002" })
            {
                Account.Notify(seat, "dialog", Body("notify-dialog-01"));
                Account.Notify(seat, "reg", Body("notify-reg-02"));
            }

            Assert.Equal("FeedConnecting FeedSynced", News());
            return this;
        }

        public async Task PassAsync(TimeSpan time)
        {
            for (var passed = TimeSpan.Zero; passed < time; passed += Options.LookEvery)
            {
                Clock.Advance(Options.LookEvery);
                await Task.Yield();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running.WaitAsync(FeedUnderTest.Patience);
            It.Dispose();
            stop.Dispose();
        }
    }

    [Fact]
    public async Task Every_phone_is_watched_by_every_package_and_let_go_at_the_end()
    {
        var feed = await new Feed().RunsAsync();
        Assert.Equal(
            ["1001 dialog application/dialog-info+xml", "1001 reg application/reginfo+xml", "1002 dialog application/dialog-info+xml", "1002 reg application/reginfo+xml"],
            feed.Account.Watches.Select(watch => $"{watch.Key.Seat} {watch.Key.Event} {watch.Value.Watch.Accept}").Order(StringComparer.Ordinal));
        await feed.DisposeAsync();
        Assert.All(feed.Account.Watches.Values, watch => Assert.True(watch.IsOver));
    }

    [Fact]
    public async Task The_snapshot_waits_for_the_first_word_of_every_watch_and_holds_what_comes_meanwhile()
    {
        await using var feed = await new Feed().RunsAsync();
        feed.Account.Up();
        feed.Account.Notify("1001", "dialog", Body("notify-dialog-01"));
        feed.Account.Notify("1001", "dialog", Body("notify-dialog-04"));
        feed.Account.Notify("1001", "reg", Body("notify-reg-02"));
        feed.Account.Stands("1002", "dialog", SipWatchStanding.Active, "");
        feed.Account.Stands("1002", "dialog", SipWatchStanding.Refused, "489 Bad Event");
        Assert.Equal("FeedConnecting", feed.News());
        feed.Account.Notify("1002", "reg", Body("notify-reg-03"));
        Assert.Equal("FeedSynced", feed.News());
        var snapshot = feed.Snapshot();
        Assert.Equal(["wang"], snapshot.Members.Select(member => member.Agent));
        Assert.Equal(["wang InUse", "li Unreachable"], snapshot.Phones.Select(phone => $"{phone.Agent} {phone.Phone}"));
        Assert.Equal("phones/wang/call-1@ext", Assert.Single(snapshot.Calls).Call);
        Assert.Equal("phones", Assert.Single(snapshot.Queues).Name);
        Assert.Contains("NOTIFY 1002 reg", feed.Said[^1].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_that_does_not_answer_holds_nobody_up_for_longer_than_the_round_and_is_out_of_sight()
    {
        await using var feed = await new Feed().RunsAsync();
        feed.Account.Up();
        feed.Account.Notify("1001", "dialog", Body("notify-dialog-01"));
        feed.Account.Notify("1001", "reg", Body("notify-reg-02"));
        await feed.Clock.TimerOfAsync(Options.LookEvery);
        await feed.PassAsync(Options.RoundWithin);
        await WaitAsync(() => feed.Said.Any(said => said.Events[0] is FeedSynced));
        Assert.Equal("The PBX has not answered for this phone yet", feed.Snapshot().Phones[1].Lost!.En);
        feed.News();
        feed.Account.Notify("1002", "reg", Body("notify-reg-02"));
        Assert.Equal("PhoneSeen MemberJoined", feed.News());
    }

    [Fact]
    public async Task What_follows_the_snapshot_is_told_as_it_comes_with_the_text_that_said_it()
    {
        await using var feed = await new Feed().SyncedAsync();
        feed.Account.Notify("1001", "dialog", Body("notify-dialog-03"));
        Assert.Equal("PhoneSeen CallDialed", feed.News());
        Assert.Equal("NOTIFY 1001 dialog", feed.Said[^1].Raw);
        feed.Account.Notify("1001", "dialog", Body("notify-dialog-03"));
        Assert.Equal("", feed.News());
        feed.Account.MeasuresAgain();
        Assert.Equal("", feed.News());
    }

    [Fact]
    public async Task A_lost_link_is_said_once_and_a_new_round_makes_a_new_snapshot_of_who_answers_in_it()
    {
        await using var feed = await new Feed().SyncedAsync();
        feed.Account.Down("OPTIONS was not answered.");
        feed.Account.Down("OPTIONS was not answered.");
        Assert.Equal("FeedLost", feed.News());
        Assert.False((await feed.It.ExecuteAsync(new SetPause("phones", "1001", null, true, "short"), Stop)).Done);
        feed.Account.Up();
        feed.Account.Notify("1001", "dialog", Body("notify-dialog-01"));
        feed.Account.Notify("1001", "reg", Body("notify-reg-02"));
        feed.Account.Stands("1002", "dialog", SipWatchStanding.Waiting, "408 Request Timeout");
        Assert.Equal("FeedConnecting", feed.News());
        feed.Account.Stands("1002", "reg", SipWatchStanding.Waiting, "408 Request Timeout");
        Assert.Equal("FeedSynced", feed.News());
        Assert.Equal("This phone cannot be watched: 408 Request Timeout", feed.Snapshot().Phones[1].Lost!.En);
        // The agent of that phone is still signed in: nobody saw a sign-out.
        Assert.Equal(["wang", "li"], feed.Snapshot().Members.Select(member => member.Agent));
    }

    [Fact]
    public async Task One_phone_that_is_lost_later_is_said_and_the_others_go_on()
    {
        await using var feed = await new Feed().SyncedAsync();
        feed.Account.Stands("1002", "dialog", SipWatchStanding.Refused, "terminated;reason=rejected");
        Assert.Equal("PhoneSeen", feed.News());
        Assert.NotNull(Assert.IsType<PhoneSeen>(feed.Said[^1].Events[0]).Phone.Lost);
        feed.Account.Stands("1002", "reg", SipWatchStanding.Refused, "terminated;reason=rejected");
        Assert.Equal("", feed.News());
        feed.Account.Notify("1001", "dialog", Body("notify-dialog-04"));
        Assert.Equal("PhoneSeen CallDialed CallPickedUp", feed.News());
    }

    [Fact]
    public async Task A_gap_in_partial_documents_asks_for_the_whole_state_again()
    {
        await using var feed = await new Feed().SyncedAsync();
        feed.Account.Notify("1001", "dialog", Dialogs(40, "partial", Dialog("d", "confirmed")));
        Assert.Equal("", feed.News());
        Assert.Equal((1, 0), (feed.Account.Watches[("1001", "dialog")].Refreshed, feed.Account.Watches[("1001", "reg")].Refreshed));
    }

    [Fact]
    public async Task A_PBX_that_answers_the_asking_with_a_part_again_is_asked_more_and_more_seldom()
    {
        await using var feed = await new Feed().SyncedAsync();
        for (var second = 0; second < 80; second++)
        {
            feed.Account.Notify("1001", "dialog", Dialogs(40, "partial", Dialog("d", "confirmed")));
            feed.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // At once, and after 5, 15, 35 and 75 s.
        Assert.Equal(5, feed.Account.Watches[("1001", "dialog")].Refreshed);
    }

    [Fact]
    public async Task A_gap_that_the_PBX_does_not_fill_makes_the_phone_unknown_and_the_whole_state_brings_it_back()
    {
        await using var feed = await new Feed().SyncedAsync();
        feed.Account.Notify("1002", "dialog", Dialogs(1, "full", Dialog("d", "confirmed")));
        feed.News();
        feed.Account.Notify("1002", "dialog", Dialogs(7, "partial", Dialog("d", "terminated")));
        Assert.Equal("", feed.News());
        await feed.Clock.TimerOfAsync(Options.LookEvery);
        await feed.PassAsync(GapCare.Least);
        await WaitAsync(() => feed.Said[^1].Events.AsSpan().ToArray().OfType<PhoneSeen>().Any(seen => seen.Phone.Lost?.En == "This phone cannot be watched: the PBX sends parts and never the whole"));
        feed.Account.Notify("1002", "dialog", Dialogs(8, "full"));
        Assert.Equal(PhoneState.Idle, feed.Said[^1].Events.AsSpan().ToArray().OfType<PhoneSeen>().Single().Phone.Phone);
    }

    [Fact]
    public async Task A_second_gap_soon_after_the_first_was_filled_is_asked_about_a_little_later()
    {
        await using var feed = await new Feed().SyncedAsync();
        feed.Account.Notify("1001", "dialog", Dialogs(40, "partial", Dialog("d", "confirmed")));
        feed.Account.Notify("1001", "dialog", Dialogs(41, "full", Dialog("d", "confirmed")));
        feed.Account.Notify("1001", "dialog", Dialogs(43, "partial", Dialog("d", "terminated")));
        Assert.Equal(1, feed.Account.Watches[("1001", "dialog")].Refreshed);
        await feed.Clock.TimerOfAsync(Options.LookEvery);
        await feed.PassAsync(GapCare.Least);
        await WaitAsync(() => feed.Account.Watches[("1001", "dialog")].Refreshed == 2);
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_changes_nothing()
    {
        await using var feed = await new Feed().SyncedAsync();
        feed.Account.Notify("1001", "dialog", Bytes("<!DOCTYPE x><x/>"));
        Assert.Equal("", feed.News());
    }

    [Fact]
    public async Task What_the_gate_grants_comes_back_as_events_of_the_feed()
    {
        await using var feed = await new Feed().SyncedAsync();
        Assert.True((await feed.It.ExecuteAsync(new SetPause("phones", "sip:1001@pbx.test", null, true, "short"), Stop)).Done);
        var paused = Assert.IsType<MemberPaused>(Assert.Single(feed.Said[^1].Events));
        Assert.Equal(("phones", "wang", "phones", "short", null), (paused.Source, paused.Agent, paused.Queue, paused.Reason, paused.PausedAt));
        Assert.Equal(feed.Clock.GetUtcNow(), paused.At);
        var refused = await feed.It.ExecuteAsync(new LeaveQueue("phones", "sip:9999@pbx.test", "phones"), Stop);
        Assert.Equal((false, "sip:9999@pbx.test is none of the phones that phones watches."), (refused.Done, refused.Answer));
    }

    [Fact]
    public async Task What_the_floor_remembers_is_taken_up_by_the_next_feed()
    {
        var floor = FloorState.Empty;
        await using (var first = await new Feed().SyncedAsync())
        {
            await first.It.ExecuteAsync(new SetPause("phones", "1001", null, true, "meal"), Stop);
            await first.It.ExecuteAsync(new LeaveQueue("phones", "1002", "phones"), Stop);
            floor = FloorFold.Apply(floor, new FloorConfigured(first.Clock.GetUtcNow(), FloorSetup.Default with { Agents = Agents }));
            foreach (var e in first.Said.SelectMany(said => said.Events.AsSpan().ToArray())) floor = FloorFold.Apply(floor, e);
        }

        await using var feed = await new Feed(known: floor).SyncedAsync();
        Assert.Equal(["wang True meal"], feed.Snapshot().Members.Select(member => $"{member.Agent} {member.Paused} {member.PauseReason}"));
        Assert.Null(feed.Snapshot().Members[0].PausedAt);
    }

    [Fact]
    public async Task A_floor_that_could_not_keep_up_is_told_everything_anew_without_asking_the_PBX()
    {
        await using var feed = await new Feed().SyncedAsync();
        feed.It.Resync("overflow");
        Assert.Equal("", feed.News());
        await feed.Clock.TimerOfAsync(Options.LookEvery);
        feed.Clock.Advance(Options.LookEvery);
        await WaitAsync(() => feed.Said[^1].Events[0] is FeedSynced);
        Assert.Equal("FeedLost FeedConnecting FeedSynced", feed.News());
        Assert.All(feed.Account.Watches.Values, watch => Assert.Equal(0, watch.Refreshed));
    }

    private static async Task WaitAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(FeedUnderTest.Patience);
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }
}
