using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store.Outbox;
using FloorMonitor.Store.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Store.Tests.Outbox;

/// <summary>Dead letters: kept whole, sent again, dropped; across restarts, torn writes and new files.</summary>
public sealed class DeadLetterTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(Start);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_dead_letter_is_sent_again_whole_with_its_key_and_its_place_after_a_restart()
    {
        using (var outbox = Open()) Bury(outbox, "a", "b");
        time.Advance(TimeSpan.FromHours(3));
        using (var outbox = Open())
        {
            var again = Assert.Single(outbox.Resend(["a", "nothing"]));
            Assert.Equal((Message("a"), 1, 0, Start.AddHours(3), "no"), (again.Message, again.Number, again.Attempts, again.DueAt, again.Error));
            Assert.Equal((1, 1), outbox.Counts);
            Assert.Empty(outbox.Resend(["a"]));
        }

        using var after = Open();
        Assert.Equal("a", Assert.Single(after.Waiting).Message.Key);
        Assert.Equal("b", Assert.Single(after.Dead).Key);
        // Decided again it is still the same message.
        Assert.Empty(after.Commit(after.Book, [Message("a")], []));
        after.NoteDead(after.Waiting[0], "no again");
        Assert.Equal(["b", "a"], after.Dead.Select(letter => letter.Key));
        Assert.Equal((2, "no again"), (after.Counts.Dead, after.Dead[1].Error));
    }

    [Fact]
    public void Sent_again_together_they_keep_the_order_in_which_they_were_decided()
    {
        using var outbox = Open();
        var entries = outbox.Commit(AlertBook.Empty, [Message("1"), Message("2"), Message("3")], []);
        foreach (var i in new[] { 2, 0, 1 }) outbox.NoteDead(entries[i], "no");
        Assert.Equal(["1", "2", "3"], outbox.Resend(["3", "2", "1"]).Select(entry => entry.Message.Key));
    }

    [Fact]
    public void What_is_dropped_stays_dropped_and_is_not_sent_when_it_is_decided_again()
    {
        using (var outbox = Open())
        {
            Bury(outbox, "a", "b");
            Assert.True(outbox.Drop("a"));
            Assert.False(outbox.Drop("a"));
        }

        using var again = Open();
        Assert.Equal("b", Assert.Single(again.Dead).Key);
        Assert.Empty(again.Commit(again.Book, [Message("a")], []));
        Assert.Empty(again.Resend(["a"]));
    }

    [Fact]
    public void A_crash_in_the_middle_of_sending_again_leaves_a_dead_letter_and_not_half_of_one()
    {
        using (var outbox = Open())
        {
            Bury(outbox, "a");
            outbox.Resend(["a"]);
        }

        var path = Directory.EnumerateFiles(folder.At("outbox")).Single();
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length - 7);
        using var again = Open();
        Assert.Equal((0, 1), again.Counts);
        Assert.Equal(Message("a"), again.Dead[0].Message);
    }

    [Fact]
    public void Letters_outlive_the_file_that_is_written_anew_and_their_number_is_bounded()
    {
        using (var outbox = Open(new() { CompactAt = 4_000, Dead = 3 }))
        {
            Bury(outbox, "1", "2", "3", "4");
            outbox.Resend(["4"]);
            for (var i = 0; i < 100; i++) outbox.NoteDelivered(outbox.Commit(outbox.Book, [Message($"m{i}")], [])[0]);
        }

        using var again = Open();
        Assert.Equal(["2", "3"], again.Dead.Select(letter => letter.Key));
        Assert.Equal(Message("2"), again.Dead[0].Message);
        Assert.Equal(("4", 4), again.Waiting.Select(entry => (entry.Message.Key, entry.Number)).Single());
    }

    [Fact]
    public void Without_room_nothing_is_sent_again_and_the_letter_stays()
    {
        using var outbox = Open(new() { Waiting = 1 });
        Bury(outbox, "a");
        outbox.Commit(outbox.Book, [Message("b")], []);
        Assert.Empty(outbox.Resend(["a"]));
        Assert.Equal("a", Assert.Single(outbox.Dead).Key);
    }

    [Fact]
    public void A_link_that_was_not_used_is_good_for_as_long_again()
    {
        using var outbox = Open();
        var link = new AcknowledgementLink("h", "alert", "lead", "zh", Start.AddHours(1), null);
        var entry = outbox.Commit(AlertBook.Empty, [Message("a")], [], new Dictionary<string, AcknowledgementLink> { ["a"] = link })[0];
        outbox.NoteDead(entry, "no");
        time.Advance(TimeSpan.FromHours(2));
        Assert.Null(outbox.UseLink("h"));
        Assert.Equal("h", Assert.Single(outbox.Resend(["a"])).LinkHash);
        Assert.Equal(Start.AddHours(3), outbox.UseLink("h")!.ExpiresAt);
    }

    private static void Bury(AlertOutbox outbox, params string[] keys)
    {
        foreach (var entry in outbox.Commit(outbox.Book, [.. keys.Select(Message)], [])) outbox.NoteDead(entry, "no");
    }

    private static AlertMessage Message(string key) => new()
    {
        Key = key,
        Alert = "alert",
        Subject = "late:A",
        News = AlertNews.Opened,
        Target = new("email", "x@y", "zh", "lead"),
        Rule = "late",
        Severity = Severity.Warning,
        At = Start,
        Title = "张伟:迟到",
        Body = "two\nlines",
        Verdicts = ["v"],
    };

    private AlertOutbox Open(OutboxLimits? limits = null) => AlertOutbox.Open(folder.At("outbox"), time, _ => { }, limits);
}
