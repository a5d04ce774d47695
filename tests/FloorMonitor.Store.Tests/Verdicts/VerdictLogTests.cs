using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store.Tests.Support;
using FloorMonitor.Store.Verdicts;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Store.Tests.Verdicts;

public sealed class VerdictLogTests : IDisposable
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private readonly TempFolder folder = new();
    private readonly List<string> notes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_newest_change_of_a_verdict_is_what_holds_also_after_a_start()
    {
        var open = Verdict("settle-in", "1001", 9);
        var closed = open with { Status = VerdictStatus.Closed, ClosedAt = Floors.Start.AddHours(1) };
        using (var log = Open())
        {
            Write(log, Monday, open);
            Write(log, Monday, closed);
            Assert.Equal([closed], log.Of(Monday));
        }

        using var again = Open();
        Assert.Equal([closed], again.Of(Monday));
        Assert.Equal([closed], again.ChangesFrom(Monday, 0).Changes);
    }

    [Fact]
    public void What_was_said_of_a_verdict_stays_when_the_same_fact_is_found_again()
    {
        VerdictStep Step(int minute, string by, string word) => new(Floors.Start.AddMinutes(minute), by, word, new(word, word));
        VerdictStep[] first = [Step(0, "rule", VerdictSteps.Opened), Step(1, "lead", VerdictSteps.Excused), Step(2, "rule", VerdictSteps.Closed)];
        VerdictStep[] again = [Step(5, "rule", VerdictSteps.Opened), Step(9, "rule", VerdictSteps.Closed)];
        var verdict = Verdict("sign-in-on-time", "1001", 9);
        using (var log = Open())
        {
            Write(log, Monday, verdict with { History = [.. first], Status = VerdictStatus.Closed });
            Write(log, Monday, verdict with { History = [again[0]] });
            Assert.Equal([.. first, again[0]], log.Of(Monday).Single().History);
            Write(log, Monday, verdict with { History = [.. again], Status = VerdictStatus.Closed });
        }

        using var later = Open();
        var kept = later.Of(Monday).Single();
        Assert.Equal([.. first, .. again], kept.History);
        Assert.Equal(VerdictSteps.Excused, kept.Disposition!.Step);
    }

    [Fact]
    public void They_are_found_by_day_rule_subject_state_and_id_newest_first()
    {
        using var log = Open();
        var a = Verdict("settle-in", "1001", 9);
        var b = Verdict("break-limit", "1001", 10) with { Status = VerdictStatus.Closed };
        var c = Verdict("break-limit", "1002", 11);
        var tuesday = Verdict("break-limit", "1002", 33);
        Write(log, Monday, a, b, c);
        Write(log, Monday.AddDays(1), tuesday);

        Assert.Equal([c, b, a], Find(log, new VerdictQuery()));
        Assert.Equal([c, b], Find(log, new VerdictQuery(Rule: "break-limit")));
        Assert.Equal([b, a], Find(log, new VerdictQuery(Subject: "1001")));
        Assert.Equal([c, a], Find(log, new VerdictQuery(Open: true)));
        Assert.Equal([b], Find(log, new VerdictQuery(Open: false)));
        Assert.Equal([tuesday], Find(log, new VerdictQuery(Date: Monday.AddDays(1))));
        Assert.Equal([tuesday], Find(log, new VerdictQuery(Id: tuesday.Id)));
        Assert.Empty(Find(log, new VerdictQuery(Date: Monday.AddDays(-9))));
        Assert.Empty(Find(log, new VerdictQuery(Id: "no such one")));
        Assert.Empty(Find(log, new VerdictQuery(Id: b.Id, Open: true)));
    }

    [Fact]
    public void A_year_of_days_keeps_few_files_open_and_forgets_none()
    {
        using var log = Open();
        for (var day = 0; day < 365; day++) Write(log, Monday.AddDays(day), Verdict("settle-in", $"{day}", 9 + (24 * day)));
        Assert.Equal(365, log.Dates().Count);
        Assert.Equal("17", Assert.Single(log.Of(Monday.AddDays(17))).Subject.Id);
        // An old day gets a late change (a dispute, an excuse) at the end of its own file.
        var late = Verdict("settle-in", "3", 9 + (24 * 3)) with { Status = VerdictStatus.Closed };
        Write(log, Monday.AddDays(3), late);
        Assert.Equal([late], log.Of(Monday.AddDays(3)));
        Assert.Empty(notes);
    }

    [Fact]
    public void A_torn_change_is_cut_and_the_ones_before_it_hold()
    {
        var kept = Verdict("settle-in", "1001", 9);
        using (var log = Open()) Write(log, Monday, kept, Verdict("settle-in", "1002", 10));
        var path = Directory.GetFiles(folder.Root).Single();
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length - 5);
        using var again = Open();
        again.Prepare(Monday);
        Assert.Equal([kept], again.Of(Monday));
        Assert.Contains("torn", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_night_shift_belongs_to_the_day_it_began_and_the_zone_is_the_sites()
    {
        var setup = FloorSetup.Default with { TimeZone = "Asia/Shanghai" };
        Assert.Equal(Monday, BusinessDay.Of(setup, new DateTimeOffset(2026, 11, 23, 19, 59, 59, TimeSpan.Zero)));
        Assert.Equal(Monday.AddDays(1), BusinessDay.Of(setup, new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero)));
        Assert.Equal(Monday, BusinessDay.Of(setup with { TimeZone = "No/Where" }, new DateTimeOffset(2026, 11, 24, 3, 59, 0, TimeSpan.Zero)));
    }

    private static Verdict Verdict(string rule, string subject, int hour)
    {
        var at = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero).AddHours(hour);
        return Floors.Verdict($"{rule}:{subject}:{at:yyyyMMdd'T'HHmmss.fff'Z'}", at, VerdictStatus.Open, subject);
    }

    private static void Write(VerdictLog log, DateOnly day, params Verdict[] verdicts)
    {
        foreach (var verdict in verdicts) log.Add(day, verdict);
        Assert.True(log.Flush(out _));
    }

    private static IReadOnlyList<Verdict> Find(VerdictLog log, VerdictQuery query) =>
        VerdictSearch.Run(log, query, Monday, FloorSetup.Default, new FakeTimeProvider(Floors.Start));

    private VerdictLog Open() => new(folder.Root, notes.Add);
}
