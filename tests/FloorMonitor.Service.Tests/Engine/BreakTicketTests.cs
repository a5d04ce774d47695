using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Tests.Support;

namespace FloorMonitor.Service.Tests.Engine;

/// <summary>Tickets of breaks in the one writer: decided once, journalled, and found again by a restart.</summary>
public sealed class BreakTicketTests
{
    private static readonly DateTimeOffset At = Floors.Start;

    [Fact]
    public async Task What_the_clock_decides_is_journalled_and_a_restart_folds_it_without_deciding_anew()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At.AddHours(-1))));
        Assert.IsType<CommandDone>(await engine.Ask(new GrantBreak("1001", "lead", null, At.AddMinutes(2))));
        Assert.Equal(TicketStatus.Planned, engine.State.Agents["1001"].Ticket!.Status);
        engine.Pass(TimeSpan.FromMinutes(2));
        engine.Pass(TimeSpan.FromMilliseconds(500));
        Assert.Equal(TicketStatus.Granted, engine.State.Agents["1001"].Ticket!.Status);
        Assert.Single(engine.Store.Journal, entry => entry.Events[0] is BreakGranted);

        using var after = new EngineUnderTest();
        after.Time.Advance(TimeSpan.FromMinutes(3));
        after.Store.Recovered = new(FloorState.Empty, 0, engine.Store.Journal, engine.Store.Journal.Count, []);
        await after.StartAsync();
        Assert.Equal(engine.State.Agents["1001"].Ticket, after.State.Agents["1001"].Ticket);
        Assert.DoesNotContain(after.Store.Journal, entry => entry.Events[0] is TicketEvent);
        // The monitor was away: the agent is out of sight, and nothing of theirs is over before they are seen again.
        after.Pass(TimeSpan.FromMinutes(20));
        Assert.NotNull(after.State.Agents["1001"].Ticket);
    }

    [Fact]
    public async Task A_grant_is_written_down_before_its_pause_leaves_and_the_pauses_event_uses_it_up()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At.AddHours(-1))));
        var asked = engine.Ask(new TakeBreak("1001", "1001", "short"));
        Assert.Equal(TicketStatus.Granted, engine.State.Agents["1001"].Ticket!.Status);
        engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1001", "support", "short", At)));
        Assert.IsType<CommandDone>(await asked);
        Assert.Null(engine.State.Agents["1001"].Ticket);
        Assert.Empty(engine.State.Verdicts);
    }
}
