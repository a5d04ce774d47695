using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Hubs;

/// <summary>
/// People as a wall without names may know them: a state, since when, in which team. Everything else is left out by not being copied, so
/// that what is added to an agent one day stays in the house until somebody decides otherwise here.
/// </summary>
internal sealed class Nameless
{
    // Ids keyed by a secret that ends with the process: nobody can go through the personnel numbers and find who is who.
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConditionalWeakTable<WireAgent, WireAgent> agents = [];

    /// <summary>Somebody, without who it is.</summary>
    public WireAgent Of(WireAgent agent) => agents.GetValue(agent, one => new(
        Id(one.Id),
        "",
        one.Team,
        one.State,
        one.Since,
        one.SignedInAt,
        null,
        one.Queues,
        one.PausedQueues,
        // Whose hour it is serves the figure of the hour, which no wall shows; it would tell when the shift began.
        one.Break is { } taken ? taken with { Reason = taken.Kind, Hour = null } : null,
        one.Call is { } call ? call with { Id = Id(call.Id), Party = null } : null,
        one.WrapUpEndsAt,
        one.HandRaisedAt,
        new(0, 0, null, null, false))
    {
        HandAcknowledgedAt = one.HandAcknowledgedAt,
    });

    /// <summary>A verdict without whom it is about and what it rests on; its sentence only where it names nobody.</summary>
    public WireVerdict Of(WireVerdict verdict, IReadOnlyList<WireAgent> people)
    {
        // A verdict about the floor may be about somebody all the same (whose hand is up), and its id says so.
        var isOfMany = verdict.Subject.Kind is "team" or "queue";
        var text = verdict.Subject.Kind == "agent" || Names(verdict.Text, people) ? new WireText("", "") : verdict.Text;
        return new(
            $"{verdict.Rule}:{Id(verdict.Id)}",
            verdict.Rule,
            verdict.Clause,
            verdict.Severity,
            isOfMany ? verdict.Subject : new(verdict.Subject.Kind, Id(verdict.Subject.Id), ""),
            verdict.OpenedAt,
            verdict.ClosedAt,
            text,
            [],
            verdict.Gaps,
            verdict.Status,
            [])
        {
            ClauseText = verdict.ClauseText,
            ThresholdMs = verdict.ThresholdMs,
            Threshold = verdict.Threshold,
            MeasuredMs = verdict.MeasuredMs,
            Measured = verdict.Measured,
        };
    }

    /// <summary>What is new of an alert, without whom it is about and who else is told.</summary>
    public WireAlertNews Of(WireAlertNews news, WireVerdict nameless) =>
        news with { Id = Id(news.Id), Title = new("", ""), Text = nameless.Text, Pages = [], Browsers = [], AcknowledgedBy = null };

    /// <summary>Whether a sentence names one of them.</summary>
    public static bool Names(WireText text, IReadOnlyList<WireAgent> people) => people.Any(one => Names(text, one.Name) || Names(text, one.Id));

    /// <summary>The floor of a wall without names, of parts that are nameless already: what a floor is given one day is not in it until it is named here.</summary>
    public static WireSnapshot Of(WireSnapshot seen, WireDuty? duty, WireDutyWatch watch) => new(
        seen.Version, seen.At, seen.Site, seen.TimeZone, seen.BusinessDay, seen.Build, seen.Store, seen.Feeds, seen.Teams, seen.BreakKinds, seen.Agents, seen.Queues, seen.Totals, duty,
        seen.Verdicts, seen.Notes)
    {
        BusinessDayStartedAt = seen.BusinessDayStartedAt,
        Strip = seen.Strip,
        DutyWatch = watch,
        Wall = seen.Wall,
    };

    /// <summary>A team without its lead.</summary>
    public static WireTeam Of(WireTeam team) => new(team.Id, team.Label, null, null);

    /// <summary>That somebody has the duty, and since when.</summary>
    public static WireDuty Of(WireDuty duty) => new("", "", duty.Since, duty.SeenAt);

    private static bool Names(WireText text, string who) =>
        who.Length > 1 && (text.Zh.Contains(who, StringComparison.OrdinalIgnoreCase) || text.En.Contains(who, StringComparison.OrdinalIgnoreCase));

    // Letters alone: a row of digits in an id would read like a number of somebody's.
    private string Id(string id) =>
        string.Concat(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(id)).Take(8).SelectMany(part => new[] { (char)('a' + (part >> 4)), (char)('a' + (part & 15)) }));
}
