using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>What holds of every state of every floor, however it came about.</summary>
public static class FloorInvariants
{
    public static void Hold(FloorState floor)
    {
        foreach (var (id, agent) in floor.Agents)
        {
            Assert.Equal(id, agent.Id);
            Hold(agent, floor);
        }

        foreach (var (_, queue) in floor.Queues) Hold(queue);
        Assert.True(floor.DialedCalls.Count <= 4_096);
        Totals(floor);
    }

    private static void Hold(Agent agent, FloorState floor)
    {
        Assert.Equal(AgentStatus.Derive(agent, floor), agent.State);
        Assert.Equal(AgentStatus.IsSignedIn(agent), agent.Session is { LeftAt: null });
        Assert.Equal(agent.State == AgentState.Unknown, agent.LastSight is not null);
        if (agent.State == AgentState.SignedOut) Assert.True(agent is { Break: null, WrapUp: null });
        if (agent.Break is { } running)
        {
            Assert.All(agent.Members.ToArrayForTest(), member => Assert.True(member.Paused));
            if (!running.Gaps.IsEmpty) Assert.All(running.Gaps.ToArrayForTest(), gap => Assert.True(gap.Since < gap.Until && gap.Since >= running.Since));
        }

        if (agent.State == AgentState.OnBreak) Assert.NotNull(agent.Break);
        Assert.Equal(agent.Grade is not null && AgentDay.Counts(agent.State), agent.Today?.RunsSince is not null);
        if (agent.Today is { } day) Assert.True(day is { Handled: >= 0, OnQueue.Ticks: >= 0 } && day.HandledByThen <= day.Handled);
        var paused = !agent.Members.IsEmpty && agent.Members.ToArrayForTest().All(member => member.Paused);
        if (paused && AgentStatus.IsSignedIn(agent) && !AgentStatus.IsBusy(agent)) Assert.NotNull(agent.Break);
        Assert.All(agent.EndedBreaks.ToArrayForTest(), ended => Assert.True(ended.Until >= ended.Since));
        Assert.True(agent.EndedBreaks.Count <= Agent.MaxBreaksKept);
        if (agent.WrapUp is { } wrapUp) Assert.True(wrapUp.EndsAt > wrapUp.Since && floor.NextDueAt <= wrapUp.EndsAt);
        if (agent.PhoneSettlesAt is { } settles) Assert.True(floor.NextDueAt <= settles);
        Assert.Equal(agent.Members.Count, agent.Members.ToArrayForTest().Select(member => (member.Queue, member.Feed)).Distinct().Count());
    }

    private static void Hold(Queue queue)
    {
        var counters = queue.Counters;
        int[] counts =
        [
            counters.Offered, counters.Answered, counters.AnsweredWithin, counters.Abandoned, counters.AbandonedWithin,
            counters.LeftOtherwise, counters.Handled, counters.Missed,
        ];
        Assert.All(counts, count => Assert.True(count >= 0));
        Assert.All([counters.Waited, counters.Talked, counters.WrappedUp, counters.Unseen], span => Assert.True(span >= TimeSpan.Zero));
        Assert.True(counters.AnsweredWithin <= counters.Answered && counters.AbandonedWithin <= counters.Abandoned);
        var waiting = queue.Waiting.ToArrayForTest();
        Assert.Equal(waiting.Length, waiting.Select(caller => caller.Call).Distinct().Count());
        Assert.Equal(waiting.OrderBy(caller => caller.Since).Select(caller => caller.Call), waiting.Select(caller => caller.Call));
        var undecided = waiting.Length + queue.Leaving.ToArrayForTest().Count(leaving => !leaving.Unseen);
        Assert.True(counters.Offered >= Formulas.Decided(counters.Counts) + undecided, $"{queue.Name}: {counters}, {undecided} undecided");
    }

    private static void Totals(FloorState floor)
    {
        var totals = FloorTotals.Of(floor);
        Assert.Equal(totals.SignedIn, totals.Available + totals.OnCall + totals.Ringing + totals.WrapUp + totals.OnBreak + totals.Unreachable);
        var signedOut = floor.Agents.Values.Count(agent => agent.State == AgentState.SignedOut);
        Assert.Equal(floor.Agents.Count, totals.SignedIn + totals.Unknown + signedOut);
        Assert.True(totals.InternalCalls <= totals.OnCall);
        foreach (var (_, figures) in QueueFigures.Of(floor))
            Assert.True(figures.SignedIn >= figures.Available + figures.OnCall + figures.OnBreak && figures.SignedIn <= totals.SignedIn);
    }
}
