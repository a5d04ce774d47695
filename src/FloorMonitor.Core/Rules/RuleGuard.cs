using System.Collections.Immutable;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// The one place that catches whatever a rule throws: a defect in one rule must not blind the floor to the other thirty. It
/// hides nothing: every fault comes out as a <see cref="RuleFault"/>, and the rule's open verdicts stay as they are.
/// </summary>
internal sealed class RuleGuard(DateTimeOffset at)
{
    // An exception costs as much as thousands of judgements: a rule that fails for everybody sits out the rest of this one.
    private const int MostFaults = 8;
    private List<RuleFault>? faults;

    /// <summary>Whether the last question was answered by an exception.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>What was thrown, in order.</summary>
    public ImmutableArray<RuleFault> Faults => faults is null ? [] : [.. faults];

    /// <summary>Whether the rule has not failed too often in this judgement.</summary>
    public bool MayAsk(IFloorRule rule) => faults is null || CountOf(rule.Id) < MostFaults;

    /// <summary>What the rule finds about an agent.</summary>
    public Finding? Ask(IAgentRule rule, Agent agent, FloorState floor, DateTimeOffset now)
    {
        HasFailed = false;
        try
        {
            return rule.Judge(agent, floor, now);
        }
#pragma warning disable CA1031 // A rule may throw anything; see the type's own comment.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return Fail(rule, agent.Id, thrown);
        }
    }

    /// <summary>What the rule finds about a queue.</summary>
    public Finding? Ask(IQueueRule rule, Queue queue, FloorState floor, DateTimeOffset now)
    {
        HasFailed = false;
        try
        {
            return rule.Judge(queue, floor, now);
        }
#pragma warning disable CA1031 // A rule may throw anything; see the type's own comment.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return Fail(rule, queue.Name, thrown);
        }
    }

    /// <summary>What the rule finds about a team.</summary>
    public Finding? Ask(ITeamRule rule, TeamSetup team, ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now)
    {
        HasFailed = false;
        try
        {
            return rule.Judge(team, agents, floor, now);
        }
#pragma warning disable CA1031 // A rule may throw anything; see the type's own comment.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return Fail(rule, team.Id, thrown);
        }
    }

    /// <summary>What the rule finds about the floor as a whole.</summary>
    public Finding? Ask(ISiteRule rule, FloorState floor, DateTimeOffset now)
    {
        HasFailed = false;
        try
        {
            return rule.Judge(floor, now);
        }
#pragma warning disable CA1031 // A rule may throw anything; see the type's own comment.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return Fail(rule, floor.Setup.Site, thrown);
        }
    }

    /// <summary>Whatever else is asked of a rule, seldom enough that a closure does not matter; null where it threw.</summary>
    public T? Try<T>(IFloorRule rule, string subject, Func<T?> question)
        where T : class
    {
        try
        {
            return question();
        }
#pragma warning disable CA1031 // A rule may throw anything; see the type's own comment.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            Fail(rule, subject, thrown);
            return null;
        }
    }

    private int CountOf(string rule) => faults!.Count(fault => fault.Rule == rule);

    private Finding? Fail(IFloorRule rule, string subject, Exception thrown)
    {
        HasFailed = true;
        (faults ??= []).Add(new(rule.Id, subject, at, $"{thrown.GetType().Name}: {thrown.Message}"));
        return null;
    }
}
