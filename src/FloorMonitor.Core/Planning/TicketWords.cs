using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Planning;

/// <summary>What a ticket says to its agent, in both languages of the house.</summary>
public static class TicketWords
{
    /// <summary>The sentence.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="position">Its place among those of the team that wait, from 1 on.</param>
    /// <param name="late">How long after its slot's start the break may begin.</param>
    /// <param name="floor">The floor, for its clock.</param>
    public static Text Of(BreakTicket ticket, int position, TimeSpan late, FloorState floor)
    {
        var kind = Sentences.Break(ticket.Kind);
        var name = Sentences.Capital(kind.En);
        var sentence = ticket switch
        {
            { Status: TicketStatus.Planned, StartsAt: { } starts, EndsAt: { } ends } => new Text(
                $"{kind.Zh}安排在 {Sentences.Clock(starts, floor)} 至 {Sentences.Clock(ends, floor)}",
                $"{name} planned from {Sentences.Clock(starts, floor)} to {Sentences.Clock(ends, floor)}"),
            { Status: TicketStatus.Granted, StartsAt: { } starts } => new(
                $"可以{kind.Zh},请在 {Sentences.Clock(starts + late, floor)} 前开始",
                $"{name} granted: begin by {Sentences.Clock(starts + late, floor)}"),
            _ => new(
                string.Create(CultureInfo.InvariantCulture, $"{kind.Zh}排队中,第 {position} 位,{Sentences.Clock(ticket.RequestedAt, floor)} 申请"),
                string.Create(CultureInfo.InvariantCulture, $"{name}: number {position} in the queue, asked at {Sentences.Clock(ticket.RequestedAt, floor)}")),
        };
        if (ticket.For is { } length) sentence = new($"{sentence.Zh},批准时长 {Sentences.Zh(length)}", $"{sentence.En}, for {Sentences.En(length)}");
        if (ticket.MovedBehind is not { } call) return sentence;
        var moved = CallNames.Of(call, floor);
        return new($"{sentence.Zh},因{moved.Zh} 顺延", $"{sentence.En}, moved behind {moved.En}");
    }

    /// <summary>The places of those who wait, by agent, each within the team; null where nobody waits.</summary>
    public static IReadOnlyDictionary<string, int>? Positions(FloorState floor)
    {
        Dictionary<string, int>? positions = null;
        Dictionary<string, int>? teams = null;
        foreach (var agent in BreakTurns.Of(floor))
        {
            if (agent.Ticket!.Status != TicketStatus.Queued) continue;
            var team = agent.Team ?? "";
            teams ??= new(StringComparer.Ordinal);
            teams[team] = teams.GetValueOrDefault(team) + 1;
            (positions ??= new(StringComparer.Ordinal)).Add(agent.Id, teams[team]);
        }

        return positions;
    }
}
