using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Planning;

/// <summary>What the rules in force, with their overrides, say of one agent's breaks. A struct: it is made for every ticket on every tick.</summary>
/// <param name="Entitlement">What an hour entitles to.</param>
/// <param name="Early">How long before its slot a break may begin.</param>
/// <param name="Late">How long after its slot's start it may.</param>
/// <param name="IsArranged">Whether everybody's break of the hour is arranged unasked.</param>
/// <param name="Cap">The rule that says how many of a team may rest at once; null: none.</param>
/// <param name="Lock">The rule that holds them after sign-in; null: none.</param>
public readonly record struct BreakTerms(
    TimeSpan Entitlement, TimeSpan Early, TimeSpan Late, bool IsArranged, ConcurrentBreaks? Cap, SettleIn? Lock)
{
    /// <summary>Reads them; a rule that is turned off says nothing.</summary>
    public static BreakTerms For(ImmutableArray<IFloorRule> rules, Agent agent, FloorState floor, DateTimeOffset now)
    {
        var terms = new BreakTerms(BreakHour.UsualEntitlement, BreakSlot.UsualEarly, BreakSlot.UsualLate, false, null, null);
        foreach (var general in rules)
        {
            if (general is not (HourlyBreak or BreakSlot or ConcurrentBreaks or SettleIn)) continue;
            var rule = RuleScope.For(general, agent, floor, now);
            if (!rule.Enabled) continue;
            terms = rule switch
            {
                HourlyBreak hourly => terms with { Entitlement = hourly.Entitlement, IsArranged = hourly.Arrange },
                BreakSlot slot => terms with { Early = slot.Early, Late = slot.Late },
                ConcurrentBreaks cap when cap.Mode.HasFlag(EnforcementMode.Refuse) => terms with { Cap = cap },
                SettleIn settle => terms with { Lock = settle },
                _ => terms,
            };
        }

        return terms;
    }

    /// <summary>How long an agent's break of a kind is planned to be.</summary>
    public TimeSpan LengthOf(Agent agent, string kind, FloorSetup setup, DateTimeOffset at)
    {
        var limit = BreakLimits.Of(setup, agent, kind, at) ?? UsualLength;
        return kind == BreakHour.Kind && Entitlement < limit ? Entitlement : limit;
    }

    // A kind without a limit lasts as long as was granted; half an hour is planned for it.
    private static TimeSpan UsualLength => TimeSpan.FromMinutes(30);
}
