using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.History;

/// <summary>What an event ended, told from the states before and after it. Pure, and silent for an event that ended nothing.</summary>
public static class DayRecorder
{
    /// <summary>Adds what is over to a list.</summary>
    /// <param name="before">The state before the event.</param>
    /// <param name="after">The state after it.</param>
    /// <param name="cause">The event.</param>
    /// <param name="records">Where it is added.</param>
    public static void Record(FloorState before, FloorState after, FloorEvent cause, List<DayRecord> records)
    {
        if (cause is CallerCalledBack back) records.Add(new CalledBack(DayRecord.OfQueue(back.Queue), back.Call, back.By, back.At));
        if (ReferenceEquals(before, after)) return;
        if (!ReferenceEquals(before.Agents, after.Agents)) Agents(before, after, cause, records);
        if (!ReferenceEquals(before.Queues, after.Queues)) QueueRecorder.Record(before, after, cause, records);
    }

    private static void Agents(FloorState before, FloorState after, FloorEvent cause, List<DayRecord> records)
    {
        if (ChangedAgents.OnlyOne(cause) is { } only)
        {
            if (before.Agents.TryGetValue(only, out var was)) Agent(was, after.Agents.GetValueOrDefault(only), cause, records);
            return;
        }

        foreach (var (id, was) in before.Agents)
        {
            var agent = after.Agents.GetValueOrDefault(id);
            if (!ReferenceEquals(was, agent)) Agent(was, agent, cause, records);
        }
    }

    private static void Agent(Agent was, Agent? agent, FloorEvent cause, List<DayRecord> records)
    {
        var about = DayRecord.OfAgent(was.Id);
        if (agent is null || agent.State != was.State || agent.Since != was.Since)
        {
            var until = agent?.Since ?? cause.At;
            // A resync may find that a state began earlier than was known: then nothing has ended.
            if (until > was.Since) records.Add(new StateSpan(about, was.State, was.Since, until, DetailOf(was)));
        }

        if (agent is not null && !agent.EndedBreaks.IsEmpty && agent.EndedBreaks[^1] is var ended && (was.EndedBreaks.IsEmpty || was.EndedBreaks[^1] != ended))
            records.Add(new BreakSpan(about, ended.Kind, ended.Since, ended.Until, ended.Entry) { Hour = ended.Hour });
        if (was.Call is { } call && agent?.Call?.Id != call.Id) records.Add(Over(about, call, agent, cause.At));
    }

    private static CallSpan Over(string about, AgentCall call, Agent? agent, DateTimeOffset at)
    {
        var until = agent?.LastCall is { } last && last.Id == call.Id && call.Answered ? last.Until : at;
        return new(about, call.Id, call.Queue, call.Direction, call.Party, call.Since, until > call.Since ? until : call.Since, call.Answered, call.Entry);
    }

    private static string? DetailOf(Agent agent) => agent.State switch
    {
        AgentState.OnBreak => agent.Break?.Kind,
        AgentState.OnCall or AgentState.OnHold or AgentState.Ringing => agent.Call?.Queue,
        AgentState.WrapUp => agent.WrapUp?.Queue,
        _ => null,
    };
}
