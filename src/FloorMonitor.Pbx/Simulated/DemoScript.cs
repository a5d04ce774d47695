namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// What the demo shows beside its everyday traffic. It opens in the middle of a shift, with sign-ins and pauses that began
/// earlier (as LoginTime and LastPause tell), and within two minutes everything happens that a rule is about. Then it
/// begins anew every ten minutes, so that a wall left open keeps living.
/// </summary>
internal sealed class DemoScript(SimulatedPbx pbx)
{
    /// <summary>How long the shift has lasted when the demo opens.</summary>
    public static TimeSpan ShiftSoFar { get; } = TimeSpan.FromHours(3);

    /// <summary>After how long everything begins anew.</summary>
    public static TimeSpan Cycle { get; } = TimeSpan.FromMinutes(10);

    private static readonly string[] Removed = ["1008", "1011", "1002", "1003"];
    private static readonly string[] Paused = ["1017", "1014", "1015", "1010"];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Plans the script from the opening on. To be called once, before the switch is started.</summary>
    public void Plan()
    {
        // Before the curtain rises: who is where.
        At(Seconds(-12 * 60), () => SignIn("1008"));
        At(Seconds(-9 * 60), () => SignIn("1017"));
        Break("1005", "short", from: -262, until: 95);
        Break("1014", "小休", from: -288, until: 66);
        Break("1012", "meal", from: (-29.5 * 60), until: 8 * 60);

        // long-call: one that nobody ends; long-wrap-up: a caller of the desk whose calls are written up at length hangs up.
        At(Seconds(-19 * 60), () => pbx.Floor.KeepTalking("support", TimeSpan.FromMinutes(23)));
        // So many call that one comes to her even where everybody else of the desk is free.
        HoldBack("1024", Seconds(-420), Seconds(-96));
        for (var i = 0; i < 6; i++) At(Seconds(-95 + i), () => pbx.Floor.Call("vip", Seconds(90)));
        At(Seconds(-94), () => pbx.Floor.KeepTalking("vip", Seconds(90), "1024"));
        // clear-the-floor: who stays behind after a shift without a call that would keep her.
        HoldBack("1022", Seconds(-12 * 60), Seconds(60));
        PlanCycle(0);
    }

    /// <summary>
    /// Whose hands go up (D3.3): the only thing of the demo that no switch tells, so whoever shows it raises them at the gate.
    /// </summary>
    public static TimeSpan HandUpAt { get; } = TimeSpan.FromSeconds(25);

    /// <summary>When that hand goes down again, nobody having come.</summary>
    public static TimeSpan HandDownAt { get; } = TimeSpan.FromMinutes(5);

    private void PlanCycle(int round)
    {
        var zero = Cycle * round;
        // Every round takes other people: a session has to be older than the lock before its end is nobody's business.
        var removed = Removed[round % Removed.Length];
        var paused = Paused[round % Paused.Length];
        if (round > 0)
        {
            SignInAnew(removed, zero - Seconds(250));
            SignInAnew(paused, zero - Seconds(240));
            Break("1005", "short", (zero - Seconds(262)).TotalSeconds, (zero + Seconds(95)).TotalSeconds);
            Break("1012", "小休", (zero - Seconds(270)).TotalSeconds, (zero + Seconds(480)).TotalSeconds);
        }
        else
        {
            // sign-in-on-time: a late comer signs in while people watch.
            At(Seconds(100), () => SignIn("1023"));
        }

        // settle-in: taken out of every queue at the switch's own command line, minutes after sign-in, and put back by the monitor;
        // the fourth time it stays out, and the verdict says why.
        HoldBack(removed, zero - Seconds(300), zero + Seconds(140));
        for (var i = 0; i < 4; i++) At(zero + Seconds(20 + (i * 30)), () => SignOut(removed));
        At(zero + Seconds(420), () => SignIn(removed));

        // break-quota: no sooner back from a break that took too long than on the next one of the hour.
        Break("1005", "short", (zero + Seconds(100)).TotalSeconds, (zero + Seconds(150)).TotalSeconds);

        // settle-in: a break at the phone, minutes after sign-in.
        HoldBack(paused, zero - Seconds(300), zero + Seconds(60));
        At(zero + Seconds(35), () => Pause(paused, "short"));
        At(zero + Seconds(120), () => pbx.Floor.Pause(Agent(paused), false, ""));

        // longest-wait, waiting: more callers than billing can take, all patient.
        for (var i = 0; i < 14; i++) At(zero + Seconds(15 + (i * 1.3)), () => pbx.Floor.Call("billing", Seconds(150)));

        // away: a phone that rings out twice; another that is gone for a while.
        HoldBack("1016", zero - Seconds(300), zero + Seconds(18));
        At(zero + Seconds(17), () => pbx.Floor.Ignore(Agent("1016"), true));
        for (var i = 0; i < 8; i++) At(zero + Seconds(18 + (i * 8)), () => pbx.Floor.Call("sales", Seconds(60)));
        At(zero + Seconds(100), () => pbx.Floor.Ignore(Agent("1016"), false));
        HoldBack("1021", zero - Seconds(300), zero + Seconds(25));
        At(zero + Seconds(25), () => pbx.Switch.Register(pbx.Switch.Device("PJSIP/1021"), false));
        At(zero + Seconds(125), () => pbx.Switch.Register(pbx.Switch.Device("PJSIP/1021"), true));

        // long-hold: somebody is kept on hold for more than three minutes; enough call just before that somebody talks.
        for (var i = 0; i < 4; i++) At(zero + Seconds(-16 + (i * 3)), () => pbx.Floor.Call("support", Seconds(150)));
        At(zero + Seconds(5), () => pbx.Floor.HoldSomebody("support", Seconds(240)));

        // abandon-rate: callers who give up one after the other.
        for (var i = 0; i < 7; i++) At(zero + Seconds(58 + (i * 2)), () => pbx.Floor.Call("vip", Seconds(5)));

        // call-drops: the trunk breaks, and with it the calls on it.
        At(zero + Seconds(108), () => pbx.Floor.CutOff(6));

        At(zero + Seconds(150), () => PlanCycle(round + 1));
    }

    /// <summary>Signed out and, longer than a change of queues may take, in again: a new session with its lock.</summary>
    private void SignInAnew(string id, TimeSpan at)
    {
        At(at, () => SignOut(id));
        At(at + Seconds(5), () => SignIn(id));
    }

    private void Break(string id, string reason, double from, double until)
    {
        HoldBack(id, Seconds(from - 300), Seconds(until));
        At(Seconds(from), () => Pause(id, reason));
        At(Seconds(until), () => pbx.Floor.Pause(Agent(id), false, ""));
    }

    /// <summary>Keeps a phone free of calls beforehand, so that what the script wants happens when it wants it.</summary>
    private void HoldBack(string id, TimeSpan from, TimeSpan until)
    {
        At(from, () => pbx.Switch.Device($"PJSIP/{id}").Holds++);
        At(until, () => pbx.Switch.Device($"PJSIP/{id}").Holds--);
    }

    private void Pause(string id, string reason) => pbx.Floor.Pause(Agent(id), true, reason);

    private void SignIn(string id) => pbx.Floor.SignIn(Agent(id));

    private void SignOut(string id) => pbx.Floor.SignOut(Agent(id));

    private AgentPlan Agent(string id)
    {
        foreach (var agent in pbx.Floor.Plan.Agents)
            if (agent.Id == id) return agent;
        throw new ArgumentException($"The demo has no agent {id}.", nameof(id));
    }

    private void At(TimeSpan sinceOpening, Action act) => pbx.At(pbx.OpensAt + sinceOpening, act);
}
