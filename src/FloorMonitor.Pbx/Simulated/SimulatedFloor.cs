namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// The people of a simulated floor: callers with patience, agents who sign in, answer, talk, hold, wrap up, take breaks and
/// call each other. Every decision is drawn from the plan's seed and carried out at an instant of the virtual clock.
/// </summary>
internal sealed partial class SimulatedFloor
{
    // Whom a script keeps free of calls five minutes ahead is then free.
    private static readonly TimeSpan LongestOfScripted = TimeSpan.FromMinutes(4);

    private readonly FloorPlan _plan;
    private readonly SimulatedSwitch _pbx;
    private readonly Timeline _time;
    private readonly Dice _callers;
    private readonly Dice _agents;
    private readonly Dictionary<string, AgentPlan> _byAddress = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ignoring = new(StringComparer.Ordinal);
    private readonly HashSet<SimCall> _pinned = [];

    public SimulatedFloor(FloorPlan plan, SimulatedSwitch pbx, Timeline time)
    {
        _plan = plan;
        _pbx = pbx;
        _time = time;
        _callers = new Dice(plan.Seed).Branch("callers");
        _agents = new Dice(plan.Seed).Branch("agents");
        pbx.Rang = Rang;
        pbx.Connected = Connected;
        foreach (var agent in plan.Agents)
        {
            _byAddress[agent.Interface] = agent;
            pbx.Device(agent.Interface);
            if (agent is { IsStatic: false, SignsInAfter: { } after }) time.In(after, () => SignIn(agent));
            if (agent.Spontaneous) PlanHabits(agent);
        }

        var shares = plan.Queues.Sum(queue => queue.Share);
        foreach (var queue in plan.Queues)
            if (plan.CallsPerHour > 0 && queue.Share > 0) PlanArrival(queue, TimeSpan.FromHours(shares / (plan.CallsPerHour * queue.Share)));
    }

    /// <summary>Nobody can call or be called while the switch restarts.</summary>
    public bool SwitchIsDown { get; set; }

    public FloorPlan Plan => _plan;

    /// <summary>The phone code of a sign-in: the dialplan adds the member to the agent's queues.</summary>
    public void SignIn(AgentPlan agent)
    {
        if (SwitchIsDown) return;
        foreach (var queue in agent.Queues)
            if (_pbx.FindQueue(queue) is { } found) _pbx.AddMember(found, agent.Interface, agent.Name, 0, dynamic: true, paused: false, "");
    }

    public void SignOut(AgentPlan agent)
    {
        if (SwitchIsDown) return;
        foreach (var member in _pbx.Device(agent.Interface).Members.ToArray())
            if (member.Dynamic) _pbx.RemoveMember(member);
    }

    /// <summary>Pauses in every queue with the reason, or un-pauses.</summary>
    public void Pause(AgentPlan agent, bool paused, string reason)
    {
        if (SwitchIsDown) return;
        foreach (var member in _pbx.Device(agent.Interface).Members.ToArray()) _pbx.Pause(member, paused, reason);
    }

    /// <summary>A phone that rings and rings: nobody takes it until told otherwise.</summary>
    public void Ignore(AgentPlan agent, bool ignoring)
    {
        if (ignoring) _ignoring.Add(agent.Interface);
        else _ignoring.Remove(agent.Interface);
    }

    /// <summary>A caller with the patience given (else by chance) comes to a queue.</summary>
    public void Call(string queueName, TimeSpan? patience = null)
    {
        if (SwitchIsDown || _pbx.FindQueue(queueName) is not { } queue) return;
        var number = Number();
        var waits = patience ?? (TimeSpan.FromSeconds(4) + _callers.Exponential(_plan.Patience));
        var call = _pbx.CallIn(queue, number);
        _time.In(waits, () =>
        {
            if (call.Answered is null) _pbx.CallerHangsUp(call);
        });
    }

    /// <summary>The longest call of a queue is put on hold for so long, and does not end before.</summary>
    public void HoldSomebody(string queueName, TimeSpan length) => Pin(queueName, length, held: true);

    /// <summary>The longest call of a queue (of one agent, where one is named) goes on for so long.</summary>
    public void KeepTalking(string queueName, TimeSpan length, string? agent = null) => Pin(queueName, length, held: false, agent);

    /// <summary>The trunk breaks: so many calls are cut, the longest first but for those that are held or kept.</summary>
    public void CutOff(int calls)
    {
        var cut = _pbx.Calls.Where(call => call is { Over: false, Answered: not null, Queue: not null, Caller.Held: false } && !_pinned.Contains(call)).Take(calls).ToList();
        foreach (var call in cut)
        {
            call.Cause = 38;
            _pbx.CallerHangsUp(call);
        }
    }

    private void Pin(string queueName, TimeSpan length, bool held, string? agent = null)
    {
        foreach (var call in _pbx.Calls)
        {
            if (call.Over || call.Answered is null || call.Queue?.Name != queueName || call.Caller.Held || _pinned.Contains(call)) continue;
            if (!IsMeant(call.Answered.Leg.Device, agent)) continue;
            _pinned.Add(call);
            if (held) _pbx.Hold(call, true);
            _time.In(length, () =>
            {
                _pinned.Remove(call);
                if (held) _pbx.Hold(call, false);
                _time.In(TimeSpan.FromSeconds(20), () => _pbx.CallerHangsUp(call));
            });
            return;
        }

        // Nobody talks just now: a moment later somebody will.
        _time.In(TimeSpan.FromSeconds(2), () => Pin(queueName, length, held, agent));
    }

    // Where nobody is named it is none of those whom the script gives something else to do.
    private bool IsMeant(SimDevice device, string? agent) =>
        agent is not null ? device.Exten == agent : !device.HeldBack && !IsScripted(device);

    private bool IsScripted(SimDevice device) => _byAddress.GetValueOrDefault(device.Address) is { IsScripted: true };

    private void PlanArrival(QueuePlan queue, TimeSpan mean) => _time.In(_callers.Exponential(mean), () =>
    {
        Call(queue.Name);
        PlanArrival(queue, mean);
    });

    private void Rang(SimRing ring)
    {
        if (!_byAddress.ContainsKey(ring.Leg.Device.Address))
        {
            RangOutside(ring);
            return;
        }

        // Both are drawn in every case, so that a script that makes somebody deaf does not change everybody else's day.
        var missed = _agents.Chance(_plan.MissedShare);
        var after = TimeSpan.FromMilliseconds(400) + _agents.LogNormal(_plan.AnswerMedian, 0.45);
        if ((missed && !IsScripted(ring.Leg.Device)) || _ignoring.Contains(ring.Leg.Device.Address)) return;
        _time.In(after, () => _pbx.Answer(ring));
    }

    private void Connected(SimCall call)
    {
        var talk = TimeSpan.FromSeconds(2) + _agents.LogNormal(_plan.TalkMedian, _plan.TalkSpread);
        var byCaller = _agents.Chance(0.6);
        var holds = _agents.Chance(_plan.HoldShare);
        var at = _agents.Share();
        if (talk > LongestOfScripted && call.Answered is { } answered && IsScripted(answered.Leg.Device)) talk = LongestOfScripted;
        if (call.Queue is null)
        {
            _time.In(talk / 2, () => _pbx.HangUpDialled(call));
            return;
        }

        if (holds) PlanHold(call, talk * 0.2 * (1 + at), talk * 0.3);
        _time.In(talk, () =>
        {
            // A script keeps this one on the line; it ends it itself.
            if (_pinned.Contains(call)) return;
            if (byCaller) _pbx.CallerHangsUp(call);
            else _pbx.AgentHangsUp(call);
        });
    }

    private void PlanHold(SimCall call, TimeSpan after, TimeSpan length)
    {
        _time.In(after, () =>
        {
            if (_pinned.Contains(call)) return;
            _pbx.Hold(call, true);
            _time.In(length, () =>
            {
                if (!_pinned.Contains(call)) _pbx.Hold(call, false);
            });
        });
    }

    private void RangOutside(SimRing ring)
    {
        var after = _agents.LogNormal(TimeSpan.FromSeconds(8), 0.5);
        if (_agents.Chance(0.85)) _time.In(after, () => _pbx.Answer(ring));
        else _time.In(after, () => _pbx.HangUpDialled(ring.Call));
    }

    private string Number() => $"1{_callers.Pick(Prefixes)}{_callers.Below(100_000_000):00000000}";

    private static readonly string[] Prefixes = ["38", "39", "36", "58", "59", "86", "77", "33"];
}
