using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Tests.Support;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Tests.Engine;

public sealed class DutyPresenceTests
{
    [Fact]
    public async Task Only_that_a_page_went_or_came_back_is_written_down()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        await AskAsync(engine, new TakeDuty("chen"));
        for (var minute = 0; minute < 10; minute++)
        {
            engine.Pass(TimeSpan.FromMinutes(1));
            Assert.IsType<CommandDone>(await AskAsync(engine, new BeatDuty("chen")));
        }

        Assert.Equal(["DutyTaken"], Said(engine));
        var last = engine.Time.GetUtcNow();
        engine.Pass(DutyPresence.LapsesAfter);
        Assert.Equal(["DutyTaken"], Said(engine));
        engine.Pass(TimeSpan.FromMilliseconds(500));
        engine.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(["DutyTaken", "DutyHolderUnseen"], Said(engine));
        Assert.Equal(last, engine.State.Duty!.UnseenSince);
        await AskAsync(engine, new BeatDuty("chen"));
        await AskAsync(engine, new BeatDuty("chen"));
        Assert.Equal(["DutyTaken", "DutyHolderUnseen", "DutyHolderSeen"], Said(engine));
        Assert.IsType<CommandRefused>(await AskAsync(engine, new BeatDuty("zhou")));
    }

    [Fact]
    public async Task After_a_restart_the_duty_hands_and_messages_are_as_they_were_and_the_page_gets_time_to_come_back()
    {
        using var engine = new EngineUnderTest();
        var at = Floors.Start.AddMinutes(-30);
        FloorEvent[] before = [
            new FloorConfigured(at, Floors.Config().Setup), new DutyTaken(at, "chen"), new DutyOffered(at, "zhou", "chen"), new HandRaised(at, "1001"),
            new HandAcknowledged(at, "1001", "lead"), new MessageSent(at, "1002", "lead", "hello"), new PatrolRecorded(at, "chen", "all quiet", [])];
        engine.Store.Recovered = new(FloorState.Empty, 0, [.. before.Select((said, i) => new JournalEntry(i + 1, at, said.Source, "", [said with { Entry = i + 1 }]))], before.Length, []);
        await engine.StartAsync();
        Assert.Equal(("chen", "zhou", at), (engine.State.Duty!.Holder, engine.State.Duty.HandingTo, engine.State.Agents["1001"].HandRaisedAt));
        Assert.Equal("lead", engine.State.Agents["1001"].HandAcknowledgedBy);
        Assert.Equal("hello", Assert.Single(engine.State.Agents["1002"].Messages).Text);
        Assert.Equal("p7", engine.State.DutyWatch.LastPatrol!.Id);
        engine.Pass(TimeSpan.FromSeconds(1));
        engine.Pass(DutyPresence.LapsesAfter);
        Assert.Null(engine.State.Duty!.UnseenSince);
        engine.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(Floors.Start.AddSeconds(1), engine.State.Duty!.UnseenSince);
    }

    private static string[] Said(EngineUnderTest engine) =>
        [.. engine.Store.Journal.SelectMany(entry => entry.Events.AsSpan().ToArray()).Select(said => said.GetType().Name).Where(name => name.StartsWith("Duty", StringComparison.Ordinal))];

    private static Task<CommandAnswer> AskAsync(EngineUnderTest engine, HouseCommand command)
    {
        var answer = new TaskCompletionSource<CommandAnswer>();
        Assert.True(engine.Inbox.TryPut(new HouseAsked(command, answer)));
        engine.Work();
        return answer.Task;
    }
}
