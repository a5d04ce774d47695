using System.Collections.Immutable;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// The newest floor, for everybody who only looks. The writer puts it up and goes on; who looks comes when they can and
/// sees the newest, never a queue of old ones.
/// </summary>
internal sealed class FloorBoard : IDisposable
{
    private readonly BehaviorSubject<FloorState> states = new(FloorState.Empty);
    private readonly Subject<ImmutableArray<Verdict>> opened = new();
    private readonly Subject<ImmutableArray<Verdict>> changed = new();
    private readonly Subject<DateTimeOffset> beats = new();
    private long lastBeatTicks;
    private Book rules = new([]);

    /// <summary>The newest floor.</summary>
    public FloorState State => states.Value;

    /// <summary>The rules in force, for screens that show what they say of an agent.</summary>
    public ImmutableArray<IFloorRule> Rules => Volatile.Read(ref rules).InForce;

    /// <summary>The newest floor now and whenever it changes. Called on the writer's thread: return at once.</summary>
    public IObservable<FloorState> States => states.AsObservable();

    /// <summary>Verdicts as they open. Called on the writer's thread: return at once.</summary>
    public IObservable<ImmutableArray<Verdict>> Opened => opened.AsObservable();

    /// <summary>Verdicts as they open, change and close. Called on the writer's thread: return at once.</summary>
    public IObservable<ImmutableArray<Verdict>> Changed => changed.AsObservable();

    /// <summary>The instant of every tick that the writer handled, changed or not: the proof that it lives.</summary>
    public IObservable<DateTimeOffset> Beats => beats.AsObservable();

    /// <summary>The last of them.</summary>
    public DateTimeOffset LastBeat => new(Interlocked.Read(ref lastBeatTicks), TimeSpan.Zero);

    /// <summary>Puts up the newest floor.</summary>
    public void Publish(FloorState state, ImmutableArray<IFloorRule> inForce, ImmutableArray<Verdict> verdictsOpened, ImmutableArray<Verdict> verdictsChanged)
    {
        if (inForce != rules.InForce) Volatile.Write(ref rules, new(inForce));
        if (!ReferenceEquals(state, states.Value)) states.OnNext(state);
        if (!verdictsOpened.IsDefaultOrEmpty) opened.OnNext(verdictsOpened);
        if (!verdictsChanged.IsDefaultOrEmpty) changed.OnNext(verdictsChanged);
    }

    /// <summary>The writer handled a tick.</summary>
    public void Beat(DateTimeOffset at)
    {
        Interlocked.Exchange(ref lastBeatTicks, at.UtcTicks);
        beats.OnNext(at);
    }

    public void Dispose()
    {
        states.Dispose();
        opened.Dispose();
        changed.Dispose();
        beats.Dispose();
    }

    private sealed record Book(ImmutableArray<IFloorRule> InForce);
}
