using System.Collections.Immutable;
using System.Globalization;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store.Outbox;
using FloorMonitor.Store.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Store.Tests.Outbox;

public sealed class AlertOutboxTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(Start);
    private readonly List<string> notes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_waits_and_the_state_it_came_from_are_there_after_a_restart()
    {
        var book = Book(Alert("late:A"));
        using (var outbox = Open())
        {
            Assert.Equal(["a", "b"], outbox.Commit(book, [Message("a"), Message("b")], []).Select(entry => entry.Message.Key));
            outbox.NoteDelivered(outbox.Waiting[0]);
        }

        using var again = Open();
        var left = Assert.Single(again.Waiting);
        Assert.Equal(Message("b"), left.Message);
        Assert.Equal(2, left.Number);
        Assert.Equal(("a", true, 1), (again.Delivered[0].Key, again.Delivered[0].Delivered, again.Delivered[0].Attempts));
        Assert.Equal(book.Alerts.Values.Single(), again.Book.Alerts["late:A"]);
        Assert.Equal("late:A", again.Book.Verdicts["v1"]);
        Assert.DoesNotContain("v0", again.Book.Verdicts.Keys);
        Assert.Empty(notes);
    }

    [Fact]
    public void A_message_that_is_decided_again_is_not_put_in_again_before_or_after_its_delivery()
    {
        using (var outbox = Open())
        {
            outbox.Commit(AlertBook.Empty, [Message("a")], []);
            Assert.Empty(outbox.Commit(AlertBook.Empty, [Message("a")], []));
            outbox.NoteDelivered(outbox.Waiting[0]);
            Assert.Empty(outbox.Commit(AlertBook.Empty, [Message("a")], []));
        }

        using var again = Open();
        Assert.Empty(again.Commit(AlertBook.Empty, [Message("a")], []));
        Assert.Empty(again.Waiting);
    }

    [Fact]
    public void Tries_in_vain_are_counted_where_they_count_and_end_as_a_dead_letter()
    {
        using (var outbox = Open())
        {
            var entry = outbox.Commit(AlertBook.Empty, [Message("a")], [])[0];
            entry = outbox.NoteFailed(entry, counts: true, Start.AddSeconds(5), "refused");
            entry = outbox.NoteFailed(entry, counts: false, Start.AddSeconds(65), "slow down");
            Assert.Equal((1, "slow down"), (entry.Attempts, entry.Error));
        }

        using (var outbox = Open())
        {
            var entry = Assert.Single(outbox.Waiting);
            Assert.Equal((1, Start.AddSeconds(65)), (entry.Attempts, entry.DueAt));
            outbox.NoteDead(entry, "no such address");
        }

        using var again = Open();
        Assert.Equal((0, 1), again.Counts);
        Assert.Equal(("a", 2, "no such address"), (again.Dead[0].Key, again.Dead[0].Attempts, again.Dead[0].Error));
    }

    [Fact]
    public void Beyond_its_room_messages_are_dead_letters_at_once_and_nothing_grows()
    {
        using var outbox = Open(new OutboxLimits { Waiting = 2, Dead = 2 });
        var fresh = outbox.Commit(AlertBook.Empty, [.. Enumerable.Range(0, 5).Select(i => Message($"m{i}"))], []);
        Assert.Equal(["m0", "m1"], fresh.Select(entry => entry.Message.Key));
        Assert.Equal(["m3", "m4"], outbox.Dead.Select(letter => letter.Key));
    }

    [Fact]
    public void The_file_does_not_grow_with_what_is_past()
    {
        using (var outbox = Open(new OutboxLimits { CompactAt = 32_000, History = 10, Keys = 50 }))
        {
            outbox.Commit(Book(Alert("late:A")), [Message("stays")], []);
            for (var i = 0; i < 2_000; i++)
            {
                var entry = outbox.Commit(outbox.Book, [Message($"m{i}")], [Alert($"past:{i}") with { ClosedAt = Start }])[0];
                outbox.NoteDelivered(entry);
            }

            Assert.True(new DirectoryInfo(folder.At("outbox")).EnumerateFiles().Sum(file => file.Length) < 200_000);
        }

        using var again = Open();
        Assert.Equal("stays", Assert.Single(again.Waiting).Message.Key);
        Assert.Equal("late:A", Assert.Single(again.Book.Alerts).Key);
        Assert.Equal("m1999", again.Delivered[^1].Key);
        Assert.Equal("past:1999", again.Ended[^1].Key);
        Assert.Empty(again.Commit(again.Book, [Message("m1990")], []));
        Assert.Empty(notes);
    }

    [Fact]
    public void Through_the_crash_of_any_step_of_writing_anew_one_whole_file_is_found()
    {
        using (var outbox = Open()) outbox.Commit(AlertBook.Empty, [Message("a")], []);
        var path = folder.At(Path.Combine("outbox", "000001.outbox"));
        // Killed while the new file was half written, and killed when it had its name and the old one was still there.
        File.WriteAllText(folder.At(Path.Combine("outbox", "next.half")), "half");
        File.Copy(path, folder.At(Path.Combine("outbox", "000002.outbox")));
        using (var outbox = Open()) Assert.Equal("a", Assert.Single(outbox.Waiting).Message.Key);
        Assert.Equal(["000002.outbox"], Directory.EnumerateFiles(folder.At("outbox")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_torn_last_write_costs_only_itself()
    {
        using (var outbox = Open())
        {
            outbox.Commit(AlertBook.Empty, [Message("a")], []);
            outbox.Commit(AlertBook.Empty, [Message("b")], []);
        }

        var path = folder.At(Path.Combine("outbox", "000001.outbox"));
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length - 7);
        using var again = Open();
        Assert.Equal("a", Assert.Single(again.Waiting).Message.Key);
        Assert.Contains("torn", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_used_once_and_not_after_its_time()
    {
        AcknowledgementLink Link(string hash) => new(hash, "alert", "lead", "zh", Start.AddHours(1), null);
        using (var outbox = Open())
        {
            outbox.Commit(AlertBook.Empty, [Message("a"), Message("b")], [], new Dictionary<string, AcknowledgementLink> { ["a"] = Link("h1"), ["b"] = Link("h2") });
            Assert.Equal("h1", outbox.Waiting[0].LinkHash);
            Assert.Equal("alert", outbox.UseLink("h1")!.Alert);
            Assert.Null(outbox.UseLink("h1"));
            Assert.Null(outbox.UseLink("h3"));
        }

        using var again = Open();
        Assert.Null(again.UseLink("h1"));
        Assert.Equal(Start, again.FindLink("h1")!.UsedAt);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(again.UseLink("h2"));
    }

    [Fact]
    public void A_digest_is_kept_until_it_is_sent()
    {
        var digest = new AlertDigest(new("email", "x@y", "zh", null), Start, [new("一", "one")], 1);
        using (var outbox = Open()) outbox.Commit(AlertBook.Empty with { Digests = ImmutableDictionary<string, AlertDigest>.Empty.Add("email:x@y", digest) }, [], []);
        using (var outbox = Open())
        {
            Assert.Equal(digest, outbox.Book.Digests["email:x@y"]);
            outbox.Commit(AlertBook.Empty, [], []);
        }

        using var again = Open();
        Assert.Empty(again.Book.Digests);
    }

    [Fact]
    public void Up_to_where_messages_were_looked_at_stands_with_them_across_a_restart_and_a_new_file()
    {
        using (var outbox = Open(new OutboxLimits { CompactAt = 2_000 }))
        {
            Assert.Equal(["a"], outbox.Commit(41, [Message("a")]).Select(entry => entry.Message.Key));
            Assert.Empty(outbox.Commit(42, [Message("a")]));
            for (var i = 0; i < 50; i++) outbox.NoteDelivered(outbox.Commit(outbox.Book, [Message($"m{i}")], [])[0], "202 Accepted", handedOn: true);
        }

        using var again = Open();
        Assert.Equal(42, again.MessagesUpTo);
        Assert.Equal("a", again.Find("a").Waits!.Message.Key);
        Assert.Equal(("202 Accepted", true), (again.Find("m49").Settled!.Said, again.Find("m49").Settled!.HandedOn));
        Assert.Equal((null, null), again.Find("never"));
    }

    private AlertOutbox Open(OutboxLimits? limits = null) => AlertOutbox.Open(folder.At("outbox"), time, notes.Add, limits);

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
        Title = "【警告】张伟:迟到",
        Verdicts = ["v"],
    };

    private static Alert Alert(string key) => new()
    {
        Id = key + ":1",
        Key = key,
        Rule = "late",
        Severity = Severity.Warning,
        OpenedAt = Start,
        Count = 2,
        Members =
        [
            .. Enumerable.Range(0, 2).Select(i => new AlertMember(
                string.Create(CultureInfo.InvariantCulture, $"v{i}"), new("agent", "1001"), null, new("张伟", "Zhang"), Severity.Warning, new("迟到", "late"), Start, i == 0 ? Start : null)),
        ],
    };

    private static AlertBook Book(Alert alert) => AlertBook.Empty with
    {
        Alerts = ImmutableDictionary<string, Alert>.Empty.Add(alert.Key, alert),
        Verdicts = ImmutableDictionary<string, string>.Empty.Add("v1", alert.Key),
    };
}
