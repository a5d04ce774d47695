namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// The one clock of a simulated switch: a queue of things to come, taken in order of their instants and, where these are
/// equal, of their being planned. Nothing in the model waits for real time; who owns the timeline moves it.
/// </summary>
internal sealed class Timeline(DateTimeOffset start)
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> _plans = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>When the next plan is due; null when nothing is planned.</summary>
    public DateTimeOffset? NextDue => _plans.TryPeek(out _, out var key) ? key.Due : null;

    public int Planned => _plans.Count;

    public void At(DateTimeOffset due, Action plan) => _plans.Enqueue(plan, (due < Now ? Now : due, _order++));

    public void In(TimeSpan delay, Action plan) => At(Now + delay, plan);

    /// <summary>Carries out everything due until then and stands there afterwards. Time never runs backwards.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        while (_plans.TryPeek(out _, out var key) && key.Due <= instant)
        {
            var plan = _plans.Dequeue();
            Now = key.Due;
            plan();
        }

        if (instant > Now) Now = instant;
    }
}
