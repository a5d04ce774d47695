using System.Net;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Simulated;
using FloorMonitor.Tests.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Simulation.Tests;

/// <summary>
/// The whole way through the house in virtual time: simulated switch, its socket, the real feed, fold, rule book, and the
/// actions back to the switch. What must always hold is checked while it goes.
/// </summary>
internal sealed class WholeWay : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly RuleBook _rules;
    private readonly Queue<Enforcement> _toDo = new();
    private FeedWatch _watch = null!;
    private bool _dropping;

    private WholeWay(FloorPlan plan, FloorSetup setup, Action<SimulatedPbx>? prepare, RuleBook? rules)
    {
        Setup = setup;
        _rules = rules ?? new RuleBook(RuleCatalogue.Defaults);
        Pbx = new SimulatedPbx(plan, new SimulatedPbxOptions { Username = DemoFloor.Username, Secret = DemoFloor.Secret, Speed = 0 }, _clock);
        prepare?.Invoke(Pbx);
    }

    public SimulatedPbx Pbx { get; }

    public FloorSetup Setup { get; }

    public FloorState State { get; private set; } = FloorState.Empty;

    /// <summary>Every event as it was folded, so that the day can be replayed.</summary>
    public List<FloorEvent> Journal { get; } = [];

    /// <summary>Every change of a verdict.</summary>
    public List<Verdict> Verdicts { get; } = [];

    /// <summary>What was sent to the switch.</summary>
    public List<Core.Gate.PbxAction> Actions { get; } = [];

    /// <summary>What should never have happened.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Whether the switch says nothing at present, so that waiting for it would not end.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Whether what the floor shows should be what is, at this very moment.</summary>
    public bool IsInSight => !IsStalled && !_dropping && _watch.IsSynced;

    public static async Task<WholeWay> StartAsync(FloorPlan plan, FloorSetup setup, Action<SimulatedPbx>? prepare = null, RuleBook? rules = null)
    {
        var way = new WholeWay(plan, setup, prepare, rules);
        await way.Pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        way.Fold(new FloorConfigured(Start, setup));
        way._watch = new FeedWatch(way.Pbx, way._clock, setup);
        await way._watch.SyncAsync();
        await way.DrainAsync();
        return way;
    }

    public async Task StepAsync(TimeSpan by)
    {
        if (IsStalled) await _watch.StepWithoutWaitingAsync(by);
        else await _watch.StepAsync(by);
        await DrainAsync();
        Fold(new Tick(_clock.GetUtcNow()));
        foreach (var step in _rules.Plan(State, _clock.GetUtcNow())) Fold(step);
        await DrainAsync();
    }

    public async Task RunAsync(TimeSpan length, TimeSpan step)
    {
        for (var until = _clock.GetUtcNow() + length; _clock.GetUtcNow() < until;) await StepAsync(step);
    }

    /// <summary>The house itself says something: a hand, a duty.</summary>
    public void Say(FloorEvent @event) => Fold(@event);

    /// <summary>The floor could not keep up: what the feed says is dropped until it has read everything anew.</summary>
    public void Overflow()
    {
        _dropping = true;
        Fold(new FeedLost(_clock.GetUtcNow(), "sim", "overflow"));
        _watch.Feed.Resync("overflow");
    }

    /// <summary>Comes to rest: the link is there, everything that was said was folded, everything that was ordered was done.</summary>
    public async Task SettleAsync()
    {
        IsStalled = false;
        await _watch.SyncAsync();
        await DrainAsync();
        for (var i = 0; i < 4 || _dropping; i++)
        {
            await StepAsync(TimeSpan.FromMilliseconds(500));
            await _watch.SyncAsync();
            await DrainAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await Pbx.DisposeAsync();
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            foreach (var message in _watch.Take())
                foreach (var @event in message.Events) Receive(@event);
            if (!_toDo.TryDequeue(out var enforcement)) return;
            await EnforceAsync(enforcement);
        }
    }

    private void Receive(FloorEvent @event)
    {
        if (_dropping && @event is not FeedSynced) return;
        _dropping = false;
        Fold(@event);
    }

    private async Task EnforceAsync(Enforcement enforcement)
    {
        Fold(enforcement.Event);
        foreach (var action in enforcement.Actions.AsSpan().ToArray())
        {
            // Principle 2: a call is never cut and never punished. The switch itself knows best whether there is one.
            if (Pbx.Do(it => it.FindDevice(action.Address)?.Status is 2 or 7))
                Violations.Add($"{action} was sent while {action.Address} was on a call");
            Actions.Add(action);
            var answer = await _watch.Feed.ExecuteAsync(action, CancellationToken.None);
            if (!answer.Done)
                Fold(enforcement.Event with { At = _clock.GetUtcNow(), Step = EnforcementStep.Failed, Note = answer.Answer.En });
        }

        if (!IsStalled) await _watch.BarrierAsync();
    }

    private void Fold(FloorEvent @event)
    {
        var stamped = @event with { Entry = Journal.Count + 1 };
        Journal.Add(stamped);
        var after = FloorFold.Apply(State, stamped);
        var judgement = _rules.Judge(State, after, stamped);
        foreach (var fault in judgement.Faults) Violations.Add($"rule {fault.Rule} threw: {fault.What}");
        foreach (var verdict in judgement.Changed)
        {
            var opened = verdict.Status == VerdictStatus.Open && !State.Verdicts.ContainsKey(verdict.Id);
            // Principle 1: no blame without sight. A deadline that passed before the loss was seen to pass.
            if (opened && verdict.Subject.Kind == "agent" && !InSight(after, verdict.Subject.Id) && verdict.OpenedAt > after.Feeds["sim"].Since)
                Violations.Add($"{verdict.Id} opened at {_clock.GetUtcNow():HH:mm:ss.fff} while nobody saw {verdict.Subject.Id}");
            Verdicts.Add(verdict);
        }

        State = judgement.State;
        foreach (var enforcement in judgement.Enforcements) _toDo.Enqueue(enforcement);
    }

    private static bool InSight(FloorState floor, string agent) =>
        floor.Agents[agent].State != AgentState.Unknown && floor.Feeds["sim"].State == FeedState.Synced;
}
