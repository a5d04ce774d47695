using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// Dispositions, on the writer's thread. An open verdict lies in the floor's state; a closed one lies in the store and comes along with
/// the asking. Two who speak about the same closed one at the same time both read it before either spoke: so what was said of the last
/// minutes is remembered here, and goes before what the store had.
/// </summary>
internal sealed class VerdictDesk(FloorWriter writer, TimeProvider time)
{
    /// <summary>Longer than any asking is under way (<see cref="Http.VerdictDoor"/>).</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, (Verdict Verdict, DateTimeOffset At)> closed = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset At)> order = new();

    /// <summary>Judges an asking and journals it; what is answered may be told once it is published.</summary>
    public VerdictAnswer Say(VerdictAsked asked)
    {
        var now = time.GetUtcNow();
        Forget(now);
        var isOpen = writer.State.Verdicts.TryGetValue(asked.Verdict, out var verdict);
        if (!isOpen) verdict = closed.TryGetValue(asked.Verdict, out var newer) ? newer.Verdict : asked.Stored;
        if (verdict is null || (!isOpen && verdict.Status != VerdictStatus.Closed)) return new VerdictMoved();

        var agent = Dispositions.AgentOf(verdict) ?? "";
        if (Dispositions.Objection(verdict, asked.Step, asked.By, asked.Reason) is { } why)
        {
            writer.House(new GateAnswered(now, agent, asked.By, asked.Door, asked.Step, asked.Verdict, GateVerdict.Refused, verdict.Rule, why, null));
            return new VerdictRefused(why);
        }

        var said = new VerdictDisposed(now, verdict.Id, asked.By, asked.Step, asked.Reason ?? "") { Agent = agent, Closed = isOpen ? null : verdict };
        writer.House(said);
        return new VerdictTold(isOpen ? writer.State.Verdicts.GetValueOrDefault(verdict.Id) ?? verdict : Remember(said, now));
    }

    /// <summary>Excuses a whole shift; says how many open verdicts that concerned.</summary>
    public int Excuse(ShiftExcuseAsked asked)
    {
        var before = writer.State.Verdicts;
        writer.House(new ShiftExcused(time.GetUtcNow(), asked.Date, asked.Shift, asked.Rule, asked.By, asked.Reason));
        var excused = 0;
        foreach (var (id, verdict) in writer.State.Verdicts)
            if (Dispositions.IsForgiven(verdict) && before.TryGetValue(id, out var was) && !Dispositions.IsForgiven(was)) excused++;
        return excused;
    }

    private Verdict Remember(VerdictDisposed said, DateTimeOffset now)
    {
        var told = Dispositions.With(said.Closed!, Dispositions.StepOf(said));
        closed[told.Id] = (told, now);
        order.Enqueue((told.Id, now));
        return told;
    }

    private void Forget(DateTimeOffset now)
    {
        while (order.TryPeek(out var oldest) && now - oldest.At > Remembered)
        {
            order.Dequeue();
            if (closed.TryGetValue(oldest.Id, out var known) && known.At == oldest.At) closed.Remove(oldest.Id);
        }
    }
}
