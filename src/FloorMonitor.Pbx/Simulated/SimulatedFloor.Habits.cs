namespace FloorMonitor.Pbx.Simulated;

/// <summary>What agents do of their own accord between calls: breaks, half pauses, calls to colleagues and to the outside.</summary>
internal sealed partial class SimulatedFloor
{
    private void PlanHabits(AgentPlan agent)
    {
        if (_plan.BreaksPerHour > 0) PlanBreak(agent);
        if (_plan.OutboundPerHour > 0) PlanDial(agent, outside: true, TimeSpan.FromHours(1 / _plan.OutboundPerHour));
        if (_plan.InternalPerHour > 0) PlanDial(agent, outside: false, TimeSpan.FromHours(1 / _plan.InternalPerHour));
    }

    private void PlanBreak(AgentPlan agent) =>
        _time.In(TimeSpan.FromMinutes(31) + _agents.Exponential(TimeSpan.FromHours(1 / _plan.BreaksPerHour)), () => BreakWhenFree(agent, 20));

    private void BreakWhenFree(AgentPlan agent, int tries)
    {
        var device = _pbx.Device(agent.Interface);
        if (SwitchIsDown || device.Members.Count == 0 || device.Members.Exists(member => member.Paused) || tries == 0)
        {
            PlanBreak(agent);
            return;
        }

        if (device.Channels.Count > 0)
        {
            _time.In(TimeSpan.FromSeconds(10), () => BreakWhenFree(agent, tries - 1));
            return;
        }

        // One in eight pauses in one queue only: partly paused is no break.
        if (device.Members.Count > 1 && _agents.Chance(0.125))
        {
            var member = device.Members[_agents.Below(device.Members.Count)];
            _pbx.Pause(member, true, "training");
            _time.In(_agents.Between(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(6)), () => Unpause(agent));
            return;
        }

        var (reason, from, until) = _agents.Pick(Breaks);
        Pause(agent, true, reason);
        _time.In(_agents.Between(from, until), () => Unpause(agent));
    }

    private void Unpause(AgentPlan agent)
    {
        if (!SwitchIsDown && _pbx.Device(agent.Interface).Members.Exists(member => member.Paused)) Pause(agent, false, "");
        PlanBreak(agent);
    }

    private void PlanDial(AgentPlan agent, bool outside, TimeSpan mean) => _time.In(_agents.Exponential(mean), () =>
    {
        var number = Number();
        var other = _plan.Agents[_agents.Below(_plan.Agents.Count)];
        var device = _pbx.Device(agent.Interface);
        var to = outside ? _pbx.Device("PJSIP/trunk") : _pbx.Device(other.Interface);
        var wraps = device.Members.Exists(member => member.WrapUp > 0 && _pbx.Epoch < member.LastCall + member.WrapUp);
        if (!SwitchIsDown && device is { HeldBack: false, Members.Count: > 0 } && device.Status == 1 && !wraps
            && to != device && !to.HeldBack && (outside || to.Status == 1) && !device.Members.Exists(member => member.Paused))
        {
            var call = _pbx.Dial(device, agent.Name, outside ? number : to.Exten, to);
            _time.In(TimeSpan.FromSeconds(outside ? 30 : 20), () =>
            {
                if (call.Answered is null) _pbx.HangUpDialled(call);
            });
        }

        PlanDial(agent, outside, mean);
    });

    // Mostly within the limits of the handbook (short 5 min, meal 30 min, personal 15 min).
    private static readonly (string Reason, TimeSpan From, TimeSpan Until)[] Breaks =
    [
        ("short", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)),
        ("小休", TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(4.9)),
        ("short", TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(4.8)),
        ("meal", TimeSpan.FromMinutes(18), TimeSpan.FromMinutes(29)),
        ("personal", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(9)),
        ("training", TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(25)),
    ];
}
