using FloorMonitor.Service.Alerts;
using static FloorMonitor.Service.Tests.Alerts.LanesUnderTest;

namespace FloorMonitor.Service.Tests.Alerts;

public sealed class DeliveryTests
{
    [Fact]
    public async Task What_fails_is_tried_again_with_growing_pauses_and_then_a_dead_letter_that_the_desk_sees()
    {
        await using var lanes = new LanesUnderTest();
        lanes.A.Say(_ => new FailedForNow("away"));
        lanes.Put(To("a", "1"));
        await TriesAsync(lanes.A, 1);
        foreach (var (tries, seconds) in new[] { (2, 10), (3, 20), (4, 40) })
        {
            await UntilAsync(() => lanes.Outbox.Waiting.Single().Attempts == tries - 1);
            Assert.Equal(lanes.Time.GetUtcNow().AddSeconds(seconds), lanes.Outbox.Waiting.Single().DueAt);
            lanes.Time.Advance(TimeSpan.FromSeconds(seconds));
            await TriesAsync(lanes.A, tries);
        }

        await UntilAsync(() => lanes.Outbox.Dead.Count == 1);
        Assert.Equal((4, "away"), (lanes.Outbox.Dead[0].Attempts, lanes.Outbox.Dead[0].Error));
        await UntilAsync(() => lanes.Notes.All.Any(note => note.Key == "alerts-dead"));
        Assert.Equal("1 alerts could not be delivered, the last by a: away", lanes.Notes.All.Single(note => note.Key == "alerts-dead").Text.En);
    }

    [Fact]
    public async Task Of_one_subject_the_next_waits_and_another_subject_does_not()
    {
        await using var lanes = new LanesUnderTest();
        var isBroken = true;
        lanes.A.Say(key => isBroken && key.StartsWith('s') ? new FailedForNow("away") : new Delivered());
        lanes.Put(To("a", "s1"), To("a", "s2"), To("a", "t1", "t"), To("a", "s3"), To("a", "t2", "t"));
        Assert.Equal(["s1", "t1", "t2"], await TriesAsync(lanes.A, 3));
        isBroken = false;
        await UntilAsync(() => lanes.Outbox.Waiting[0].Attempts == 1);
        lanes.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["s1", "t1", "t2", "s1", "s2", "s3"], await TriesAsync(lanes.A, 6));
        await UntilAsync(() => lanes.Outbox.Waiting.Count == 0);
    }

    [Fact]
    public async Task Sent_again_a_letter_goes_before_what_its_subject_said_later_and_with_the_same_key()
    {
        await using var lanes = new LanesUnderTest();
        lanes.A.Say(key => key == "1" ? new Refused("no") : new FailedForNow("away"));
        lanes.Put(To("a", "1"), To("a", "2"), To("a", "3"));
        // The second one waits for its next try, the third behind it.
        await UntilAsync(() => lanes.Outbox.Dead.Count == 1 && lanes.Outbox.Waiting[0].Attempts == 1);
        lanes.A.Say(_ => new Delivered());
        lanes.Lanes.Again(lanes.Outbox.Resend(["1"]));
        await TriesAsync(lanes.A, 3);
        lanes.Time.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(() => lanes.Outbox.Counts is (0, 0));
        Assert.Equal(["1", "2", "1", "2", "3"], lanes.A.Tries);
        Assert.Equal(["1", "2", "3"], lanes.Outbox.Delivered.Select(letter => letter.Key));
    }

    [Fact]
    public async Task Sent_again_while_another_of_its_subject_is_being_tried_it_comes_next()
    {
        await using var lanes = new LanesUnderTest();
        var slow = new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously);
        lanes.A.Answer = (key, _) => key switch { "1" => Task.FromResult<Delivery>(new Refused("no")), "2" => slow.Task, _ => Task.FromResult<Delivery>(new Delivered()) };
        lanes.Put(To("a", "1"), To("a", "2"), To("a", "3"));
        await TriesAsync(lanes.A, 2);
        lanes.A.Answer = (_, _) => Task.FromResult<Delivery>(new Delivered());
        lanes.Lanes.Again(lanes.Outbox.Resend(["1"]));
        slow.SetResult(new Delivered());
        await UntilAsync(() => lanes.Outbox.Counts is (0, 0));
        Assert.Equal(["1", "2", "1", "3"], lanes.A.Tries);
    }

    [Fact]
    public async Task A_dead_channel_delays_no_other()
    {
        await using var lanes = new LanesUnderTest();
        lanes.A.Answer = async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, lanes.Time, stop);
            return new Delivered();
        };
        lanes.Put([.. Enumerable.Range(0, 50).SelectMany(i => new[] { To("a", $"a{i}", $"a{i}"), To("b", $"b{i}", $"b{i}") })]);
        await TriesAsync(lanes.B, 50);
        await UntilAsync(() => lanes.Outbox.Waiting.Count == 50);
        Assert.Single(lanes.A.Tries);
        // The one that is tried is given up when its time is over; the channel is not asked fifty times at once.
        lanes.Time.Advance(AlertDelivery.AnswerWithin);
        await TriesAsync(lanes.A, 2);
        Assert.Equal("no answer within 20 s", lanes.Outbox.Waiting.Single(entry => entry.Message.Key == "a0").Error);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_patience_gets_it_for_everything_and_it_counts_as_no_try()
    {
        await using var lanes = new LanesUnderTest();
        lanes.A.Say(_ => new AskedToWait("20 a minute", TimeSpan.FromSeconds(45)));
        lanes.Put(To("a", "1", "s1"), To("a", "2", "s2"));
        await TriesAsync(lanes.A, 1);
        await UntilAsync(() => lanes.Outbox.Waiting[0].Error is not null);
        Assert.Equal((0, lanes.Time.GetUtcNow().AddSeconds(45)), (lanes.Outbox.Waiting[0].Attempts, lanes.Outbox.Waiting[0].DueAt));
        lanes.A.Say(_ => new Delivered());
        lanes.Time.Advance(TimeSpan.FromSeconds(44));
        Assert.Single(lanes.A.Tries);
        lanes.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => lanes.Outbox.Waiting.Count == 0);
    }

    [Fact]
    public async Task After_five_failures_in_a_row_one_message_probes_and_the_desk_is_told_until_it_works_again()
    {
        await using var lanes = new LanesUnderTest();
        lanes.A.Say(_ => new FailedForNow("no route"));
        lanes.Put([.. Enumerable.Range(0, 20).Select(i => To("a", $"m{i}", $"s{i}"))]);
        await TriesAsync(lanes.A, 5);
        await UntilAsync(() => lanes.Notes.All.Any(note => note.Key == "alerts-a"));
        Assert.Equal(5, lanes.A.Tries.Count);
        Assert.Equal("The channel a fails, its messages wait: no route", lanes.Notes.All.Single().Text.En);
        lanes.A.Say(_ => new Delivered());
        lanes.Time.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(() => lanes.Outbox.Waiting.Count == 0);
        await UntilAsync(() => lanes.Notes.All.IsEmpty);
    }

    [Fact]
    public async Task What_is_refused_is_not_tried_again_and_the_next_of_its_subject_goes_on()
    {
        await using var lanes = new LanesUnderTest();
        lanes.A.Say(key => key == "1" ? new Refused("550 no such mailbox") : new Delivered());
        lanes.Put(To("a", "1"), To("a", "2"), To("gone", "3"));
        await UntilAsync(() => lanes.Outbox.Delivered.Count == 1 && lanes.Outbox.Dead.Count == 2);
        Assert.Equal("2", lanes.Outbox.Delivered[0].Key);
        Assert.Equal(["550 no such mailbox", "no such channel is configured any more"], lanes.Outbox.Dead.OrderBy(letter => letter.Key, StringComparer.Ordinal).Select(letter => letter.Error));
    }

    [Fact]
    public async Task A_channel_that_throws_what_nobody_expected_is_a_channel_that_failed()
    {
        await using var lanes = new LanesUnderTest();
        lanes.A.Answer = (_, _) => throw new InvalidOperationException("a library's surprise");
        lanes.Put(To("a", "1"));
        await UntilAsync(() => lanes.Outbox.Waiting.Single().Error is not null);
        Assert.Equal("InvalidOperationException: a library's surprise", lanes.Outbox.Waiting.Single().Error);
    }

    [Fact]
    public async Task A_mended_configuration_is_tried_at_once()
    {
        await using var lanes = new LanesUnderTest();
        lanes.A.Say(_ => new AskedToWait("limit", TimeSpan.FromMinutes(30)));
        lanes.Put(To("a", "1", "s1"), To("a", "2", "s2"));
        await UntilAsync(() => lanes.Outbox.Waiting[0].Error is not null);
        lanes.A.Say(_ => new Delivered());
        lanes.Lanes.Resume();
        await UntilAsync(() => lanes.Outbox.Delivered.Any(letter => letter.Key == "2"));
    }

    [Theory]
    [InlineData(1, 0.0, 0.5)]
    [InlineData(1, 1.0, 1)]
    [InlineData(4, 1.0, 8)]
    [InlineData(10, 1.0, 300)]
    [InlineData(100, 0.5, 225)]
    public void Pauses_double_are_spread_and_end_at_the_longest(int attempts, double spread, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryConfig.Default.Pause(attempts, spread));
}
