using FloorMonitor.Pbx.Simulated;

namespace FloorMonitor.Simulation.Tests;

/// <summary>What goes wrong in a run, drawn from its seed: which faults, when, how long.</summary>
internal sealed class FaultScript
{
    private readonly Dice _dice;
    private readonly List<(int Step, string What, Func<WholeWay, Task> Do)> _plan = [];

    public FaultScript(ulong seed, int steps)
    {
        _dice = new Dice(seed).Branch("faults");
        var count = 2 + _dice.Below(4);
        for (var i = 0; i < count; i++) Add(10 + _dice.Below(steps - 60));
        // People do what they do, link or no link.
        for (var i = 0; i < 6; i++) AddDeed(5 + _dice.Below(steps - 20));
        _plan.Sort((left, right) => left.Step.CompareTo(right.Step));
    }

    public override string ToString() => string.Join(", ", _plan.Select(one => $"{one.What}@{one.Step}"));

    public async Task DoAsync(WholeWay way, int step)
    {
        foreach (var one in _plan)
            if (one.Step == step) await one.Do(way);
    }

    /// <summary>Everything that goes on until told otherwise ends.</summary>
    public static void End(WholeWay way)
    {
        way.Pbx.GoOn();
        way.Pbx.RefuseLogins = false;
        way.Pbx.SnapshotPause = TimeSpan.Zero;
        way.IsStalled = false;
    }

    private void Add(int step)
    {
        var until = step + 4 + _dice.Below(40);
        switch (_dice.Below(9))
        {
            case 0: Once(step, "cut", way => way.Pbx.CutLinks()); break;
            case 1:
                Once(step, "stall", way =>
                {
                    way.Pbx.Stall();
                    way.IsStalled = true;
                });
                Once(until, "go on", way =>
                {
                    way.Pbx.GoOn();
                    way.IsStalled = false;
                });
                break;
            case 2:
                var (persistent, orderly, down) = (_dice.Chance(0.7), _dice.Chance(0.5), TimeSpan.FromSeconds(2 + _dice.Below(10)));
                Once(step, persistent ? "restart" : "restart without members", way => way.Pbx.Restart(down, persistent, orderly));
                break;
            case 3: Once(step, "garbage", way => way.Pbx.SendGarbage("\u0000\u0001\u00ffEvent: Queue\u0002\r\n\r\n")); break;
            case 4: Once(step, "endless line", way => way.Pbx.SendEndlessLine(3 << 20)); break;
            case 5:
                Once(step, "refused logins", way =>
                {
                    way.Pbx.RefuseLogins = true;
                    way.Pbx.CutLinks();
                });
                Once(until, "logins again", way => way.Pbx.RefuseLogins = false);
                break;
            case 6:
                Once(step, "slow snapshot", way =>
                {
                    way.Pbx.SnapshotPause = TimeSpan.FromMilliseconds(900);
                    way.Pbx.CutLinks();
                });
                Once(until, "fast snapshot", way => way.Pbx.SnapshotPause = TimeSpan.Zero);
                break;
            case 7: Once(step, "overflow", way => way.Overflow()); break;
            default:
                var ahead = TimeSpan.FromSeconds(_dice.Below(600) - 300);
                Once(step, "clock skew", way =>
                {
                    way.Pbx.SkewClock(ahead);
                    way.Pbx.CutLinks();
                });
                break;
        }
    }

    private void AddDeed(int step)
    {
        var who = _dice.NextBits();
        AgentPlan Agent(WholeWay way) => way.Pbx.Floor.Plan.Agents[(int)(who % (ulong)way.Pbx.Floor.Plan.Agents.Count)];
        switch (_dice.Below(5))
        {
            case 0: Once(step, "sign-out", way => way.Pbx.Do(_ => way.Pbx.Floor.SignOut(Agent(way)))); break;
            case 1: Once(step, "sign-in", way => way.Pbx.Do(_ => way.Pbx.Floor.SignIn(Agent(way)))); break;
            case 2: Once(step, "break", way => way.Pbx.Do(_ => way.Pbx.Floor.Pause(Agent(way), true, "short"))); break;
            case 3: Once(step, "back", way => way.Pbx.Do(_ => way.Pbx.Floor.Pause(Agent(way), false, ""))); break;
            default:
                Once(step, "phone gone", way => way.Pbx.Do(it => it.Register(it.Device(Agent(way).Interface), false)));
                Once(step + 15, "phone back", way => way.Pbx.Do(it => it.Register(it.Device(Agent(way).Interface), true)));
                break;
        }
    }

    private void Once(int step, string what, Action<WholeWay> act) => _plan.Add((step, what, way =>
    {
        act(way);
        return Task.CompletedTask;
    }
    ));
}
