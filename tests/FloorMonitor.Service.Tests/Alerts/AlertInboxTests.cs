using System.Globalization;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Alerts;

namespace FloorMonitor.Service.Tests.Alerts;

public sealed class AlertInboxTests
{
    private readonly AlertInbox inbox = new();

    [Fact]
    public void The_first_look_is_at_the_whole_floor_and_changes_of_one_verdict_become_its_newest()
    {
        var verdict = Verdict("a");
        inbox.Put([verdict, verdict with { Severity = Severity.Critical }]);
        inbox.Tick(Outgoing.Start);
        inbox.Tick(Outgoing.Start.AddSeconds(1));
        var batch = inbox.Take();
        Assert.True(batch.MustLook);
        Assert.Equal(Severity.Critical, Assert.Single(batch.Changed).Severity);
        Assert.Equal(Outgoing.Start.AddSeconds(1), batch.Tick);
        var empty = inbox.Take();
        Assert.False(empty.MustLook);
        Assert.True(empty.Changed.IsEmpty && empty.Tick is null && empty.Asked.Count == 0);
    }

    [Fact]
    public void More_changes_than_fit_are_dropped_and_the_floor_is_looked_at_instead()
    {
        inbox.Take();
        for (var i = 0; i <= 10_000; i++) inbox.Put([Verdict(i.ToString(CultureInfo.InvariantCulture))]);
        var batch = inbox.Take();
        Assert.True(batch.MustLook);
        Assert.True(batch.Changed.Length < 10_000);
    }

    [Fact]
    public void More_people_than_can_wait_are_told_so_at_once()
    {
        for (var i = 0; i < 1_000; i++) Assert.NotNull(inbox.AcknowledgeAsync("a", "by"));
        Assert.Null(inbox.AcknowledgeAsync("a", "by"));
        Assert.Equal(1_000, inbox.Take().Asked.Count);
        Assert.NotNull(inbox.AcknowledgeAsync("a", "by"));
    }

    private static Verdict Verdict(string id) => new()
    {
        Id = id,
        Rule = "away",
        Clause = "D3.6",
        Severity = Severity.Warning,
        Subject = new("agent", "1001"),
        OpenedAt = Outgoing.Start,
        Text = new("离座", "away"),
        Status = VerdictStatus.Open,
    };
}
