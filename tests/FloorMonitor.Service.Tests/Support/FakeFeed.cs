using System.Collections.Concurrent;
using System.Reactive.Subjects;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;

namespace FloorMonitor.Service.Tests.Support;

/// <summary>A switch that says what a test says and does what a test lets it do.</summary>
internal sealed class FakeFeed(string name) : IPbxFeed, IPbxControl, IDisposable
{
    private readonly Subject<FeedMessage> messages = new();

    public string Name => name;

    public IObservable<FeedMessage> Messages => messages;

    public List<string> Resyncs { get; } = [];

    public ConcurrentQueue<PbxAction> Done { get; } = new();

    public TaskCompletionSource Ran { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the switch answers; by default yes, at once.</summary>
    public Func<PbxAction, CancellationToken, Task<ControlResult>> Answer { get; set; } = (_, _) => Task.FromResult(new ControlResult(true, "done"));

    public void Say(FeedMessage message) => messages.OnNext(message);

    public async Task RunAsync(CancellationToken stop)
    {
        Ran.TrySetResult();
        var ended = new TaskCompletionSource();
        await using var registration = stop.Register(ended.SetResult);
        await ended.Task;
        Ended.TrySetResult();
    }

    public void Dispose() => messages.Dispose();

    public void Resync(string reason)
    {
        lock (Resyncs) Resyncs.Add(reason);
    }

    public async ValueTask<ControlResult> ExecuteAsync(PbxAction action, CancellationToken stop)
    {
        Done.Enqueue(action);
        return await Answer(action, stop);
    }
}

/// <summary>Hands out fake feeds and remembers them.</summary>
internal sealed class FakeFeeds : IFeedFactory
{
    public ConcurrentDictionary<string, FakeFeed> All { get; } = new();

    public List<string> Created { get; } = [];

    /// <summary>Makes the links of kind sip for real; null: fakes like all others.</summary>
    public IFeedFactory? Sip { get; init; }

    /// <summary>The configuration that each was made of last.</summary>
    public ConcurrentDictionary<string, PbxConfig> MadeOf { get; } = new();

    public FakeFeed this[string name] => All[name];

    public FeedLink Create(PbxConfig pbx, FloorConfig config, FloorState known)
    {
        if (pbx.Kind == PbxKind.Sip && Sip is not null) return Sip.Create(pbx, config, known);
        var feed = All[pbx.Name] = new FakeFeed(pbx.Name);
        Created.Add(pbx.Name);
        MadeOf[pbx.Name] = pbx;
        return new(feed, feed, feed);
    }
}
