using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Store.History;
using FloorMonitor.Store.Tests.Support;

namespace FloorMonitor.Store.Tests.History;

public sealed class DayLogTests : IDisposable
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly TempFolder folder = new();
    private readonly List<string> notes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_kind_of_record_comes_back_as_it_was_and_only_those_about_the_one_asked_for()
    {
        DayRecord[] about =
        [
            new StateSpan("agent 王\n芳", AgentState.OnBreak, Nine, Nine.AddMinutes(5), "short"),
            new BreakSpan("agent 王\n芳", "short", Nine, Nine.AddMinutes(5), 7),
            new CallSpan("agent 王\n芳", "c1", null, CallDirection.Outbound, "13800001234", Nine, Nine.AddMinutes(6), true, 8),
            new CallerFate("agent 王\n芳", "c1", null, Nine, Nine.AddMinutes(7), TimeSpan.FromSeconds(3), CallerOutcome.Left, false, null, 9),
            new CallHandled("agent 王\n芳", "c1", "1001", Nine.AddMinutes(8), TimeSpan.FromMinutes(2), 10),
            new CalledBack("agent 王\n芳", "c1", "周", Nine.AddMinutes(9)),
        ];
        using (var log = Open())
        {
            foreach (var record in about) log.Add(Monday, record);
            log.Add(Monday, about[0] with { About = "agent 王" });
            Assert.True(log.Flush(out _));
            Assert.Equal(about, log.Of(Monday, "agent 王\n芳", Stop));
        }

        using var again = Open();
        Assert.Equal(about, again.Of(Monday, "agent 王\n芳", Stop));
        Assert.Empty(again.Of(Monday.AddDays(1), "agent 王\n芳", Stop));
        Assert.Empty(notes);
    }

    [Fact]
    public void What_a_replay_records_again_is_shown_once_and_in_the_order_in_which_it_ended()
    {
        using var log = Open();
        var late = new StateSpan("agent 1", AgentState.OnCall, Nine, Nine.AddMinutes(9), null);
        var early = new StateSpan("agent 1", AgentState.Available, Nine, Nine.AddMinutes(1), null);
        foreach (var record in new[] { late, early, late }) log.Add(Monday, record);
        log.Flush(out _);
        Assert.Equal([early, late], log.Of(Monday, "agent 1", Stop));
    }

    [Fact]
    public void Days_lie_apart_and_old_ones_are_removed()
    {
        using var log = Open();
        var record = new CalledBack("queue q", "c1", "x", Nine);
        log.Add(Monday.AddDays(-1), record);
        log.Add(Monday, record);
        log.Add(Monday.AddDays(-1), record with { Call = "late news" });
        log.Flush(out _);
        Assert.Equal(2, log.Of(Monday.AddDays(-1), "queue q", Stop).Count);
        log.RemoveBefore(Monday);
        Assert.Empty(log.Of(Monday.AddDays(-1), "queue q", Stop));
        Assert.Single(log.Of(Monday, "queue q", Stop));
    }

    [Fact]
    public void A_torn_last_write_costs_that_record_alone()
    {
        using (var log = Open())
        {
            log.Add(Monday, new CalledBack("queue q", "whole", "x", Nine));
            log.Add(Monday, new CalledBack("queue q", "torn", "x", Nine));
            log.Flush(out _);
        }

        using (var file = new FileStream(folder.At("2026-11-23.day"), FileMode.Open)) file.SetLength(file.Length - 3);
        using var again = Open();
        again.Add(Monday, new CalledBack("queue q", "next", "x", Nine));
        again.Flush(out _);
        Assert.Equal(["whole", "next"], again.Of(Monday, "queue q", Stop).Cast<CalledBack>().Select(back => back.Call));
    }

    [Fact]
    public void A_disk_that_takes_nothing_loses_nothing_that_fits_into_memory()
    {
        var full = true;
        using var log = new DayLog(folder.Root, notes.Add, (file, bytes, offset) =>
        {
            if (full) throw new IOException("No space left on device");
            RandomAccess.Write(file, bytes, offset);
        });
        log.Add(Monday, new CalledBack("queue q", "c1", "x", Nine));
        Assert.False(log.Flush(out var error));
        Assert.Equal("No space left on device", error);
        full = false;
        Assert.True(log.Flush(out _));
        Assert.Single(log.Of(Monday, "queue q", Stop));
    }

    private DayLog Open() => new(folder.Root, notes.Add);
}
