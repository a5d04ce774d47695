using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Service.Tests.Support;

/// <summary>The engine with fakes around it, turned by hand: what was said is handled when <see cref="Work"/> is called.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly FeedHost host;
    private readonly FeedIntake intake;
    private readonly EngineMeter meter = new();

    public EngineUnderTest(int capacity = 1000)
    {
        Inbox = new EngineInbox(capacity);
        Notes = new DeskNotes(Time);
        intake = new FeedIntake(Inbox, Time, meter, NullLogger<FeedIntake>.Instance);
        host = new FeedHost(Feeds, intake, NullLogger<FeedHost>.Instance);
        Desk = new ControlDesk(host.ControlOf, Inbox, Time, NullLogger<ControlDesk>.Instance);
        Writer = new FloorWriter(Store, meter, Notes, NullLogger<FloorWriter>.Instance);
        Engine = new FloorEngine(Inbox, Writer, Board, intake, host, Desk, Store, Notes, meter, Time, NullLogger<FloorEngine>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(Floors.Start);

    public FakeStore Store { get; } = new();

    public FakeFeeds Feeds { get; } = new();

    public FloorBoard Board { get; } = new();

    public EngineInbox Inbox { get; }

    public DeskNotes Notes { get; }

    public ControlDesk Desk { get; }

    public FloorWriter Writer { get; }

    public FloorEngine Engine { get; }

    public FloorState State => Board.State;

    public async Task<EngineUnderTest> StartAsync(FloorConfig? config = null)
    {
        config ??= Floors.Config();
        await Engine.StartAsync(config, stop.Token);
        host.Apply(config, FloorState.Empty);
        _ = Desk.RunAsync(stop.Token);
        return this;
    }

    /// <summary>Lets time pass and tells the engine so.</summary>
    public void Pass(TimeSpan time)
    {
        Time.Advance(time);
        intake.NoteLosses();
        Assert.True(Inbox.TryPut(new ClockTicked(Time.GetUtcNow())));
        Work();
    }

    /// <summary>Handles everything that waits.</summary>
    public void Work()
    {
        do Engine.Work();
        while (Inbox.Count > 0);
    }

    public void Say(Pbx.FeedMessage message)
    {
        Feeds[message.Feed].Say(message);
        Work();
    }

    /// <summary>Asks for a command; the engine has judged it when this returns.</summary>
    public Task<CommandAnswer> Ask(FloorCommand command)
    {
        var answer = new TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(Inbox.TryPut(new CommandAsked(command, answer)));
        Work();
        return answer.Task;
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        intake.Dispose();
        Board.Dispose();
        meter.Dispose();
    }
}
