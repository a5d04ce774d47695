using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Wire;
using FloorMonitor.Store;

namespace FloorMonitor.Service.History;

/// <summary>Puts a day together: what the store remembers of it, and for today what is still going on.</summary>
internal sealed class DayHistory(FloorBoard board, IFloorStore store, TimeProvider time)
{
    /// <summary>How many calls are listed behind a figure or as abandoned, the newest ones.</summary>
    public const int MaxListed = 500;

    /// <summary>An agent's business day; null for nobody of that id.</summary>
    public async Task<WireTimeline?> TimelineAsync(string id, DateOnly date, CancellationToken stop)
    {
        var floor = board.State;
        if (!floor.Agents.TryGetValue(id, out var agent)) return null;
        var about = DayRecord.OfAgent(id);
        var (from, end) = (BusinessDay.StartOf(date, floor.Setup), BusinessDay.StartOf(date.AddDays(1), floor.Setup));
        // What began in this day and ended in the next lies with the next.
        var records = (await store.FindHistoryAsync(date, about, stop))
            .Concat((await store.FindHistoryAsync(date.AddDays(1), about, stop)).Where(record => SinceOf(record) < end))
            .ToList();
        var isToday = date == floor.BusinessDay;
        var states = records.OfType<StateSpan>().Select(span => new WireStateSpan(WireWords.Of(span.State), span.Since, span.Until, span.Detail)).ToList();
        var breaks = records.OfType<BreakSpan>().Select(span => new WireBreakSpan(span.Kind, span.Since, span.Until, span.Entry, span.Hour)).ToList();
        var calls = records.OfType<CallSpan>().Select(Of).ToList();
        if (isToday)
        {
            states.Add(new(WireWords.Of(agent.State), agent.Since, null, agent.Break?.Kind ?? agent.Call?.Queue));
            if (agent.Break is { } running) breaks.Add(new(running.Kind, running.Since, null, running.Entry, running.Hour));
            if (agent.Call is { } call) calls.Add(new(call.Id, call.Queue, WireWords.Of(call.Direction), Masking.Mask(call.Party), call.Since, null, call.Answered, call.Entry));
        }

        var verdicts = await store.FindVerdictsAsync(new VerdictQuery(Date: date, Subject: id), stop);
        var now = time.GetUtcNow();
        return new(id, agent.Name, date, from, isToday && now < end ? now : end, states, breaks, calls, [.. verdicts.Select(verdict => WireMapping.Of(verdict, floor))]);
    }

    /// <summary>Callers who gave up, newest first.</summary>
    public async Task<IReadOnlyList<WireAbandoned>> AbandonedAsync(DateOnly date, string? only, CancellationToken stop)
    {
        var floor = board.State;
        var queues = only is null ? [.. floor.Queues.Keys] : new List<string> { only };
        var fates = new List<(string Queue, CallerFate Fate)>();
        var backs = new Dictionary<(string Queue, string Call), CalledBack>();
        foreach (var queue in queues)
        {
            foreach (var record in await store.FindHistoryAsync(date, DayRecord.OfQueue(queue), stop))
            {
                if (record is CallerFate fate) fates.Add((queue, fate));
                else if (record is CalledBack back) backs[(queue, back.Call)] = back;
            }
        }

        // Whoever called again, in whatever queue, and was answered needs no call any more.
        var answered = fates.Where(one => one.Fate is { Outcome: CallerOutcome.Answered, Party: not null }).ToLookup(one => one.Fate.Party!, one => one.Fate.DecidedAt, StringComparer.Ordinal);
        return
        [
            .. fates.Where(one => one.Fate.Outcome == CallerOutcome.Abandoned)
                .OrderByDescending(one => one.Fate.DecidedAt)
                .Take(MaxListed)
                .Select(one => Of(one.Queue, one.Fate, answered, backs.GetValueOrDefault((one.Queue, one.Fate.Call)), floor)),
        ];
    }

    /// <summary>A figure of a queue; null for one that a queue does not have.</summary>
    public async Task<WireFigure?> FigureAsync(string name, string figure, DateOnly date, CancellationToken stop)
    {
        var floor = board.State;
        var queue = floor.Queues[name];
        var records = await store.FindHistoryAsync(date, DayRecord.OfQueue(name), stop);
        var isToday = date == floor.BusinessDay;
        var counters = isToday ? queue.Counters : Recounted.Of(records, BusinessDay.StartOf(date, floor.Setup));
        // Who waits, waits today.
        var asked = queue with { Counters = counters, Waiting = isToday ? queue.Waiting : [] };
        var now = time.GetUtcNow();
        if (FigureExplanation.Of(figure, asked, now) is not { } explained) return null;
        var since = counters.Since;
        var all = figure switch
        {
            "waiting" or "longest-wait" => asked.Waiting.Select((caller, i) => Of(caller, figure == "waiting" || i == 0, now)).ToList(),
            "aht" => [.. records.OfType<CallHandled>().Where(call => call.At >= since).Select(Of).OrderByDescending(call => call.At)],
            _ => [.. records.OfType<CallerFate>().Where(call => call.DecidedAt >= since)
                .Select(call => (Call: call, Role: FigureExplanation.RoleOf(figure, call, queue.Formula)))
                .Where(one => one.Role is not null)
                .Select(one => Of(one.Call, one.Role!))
                .OrderByDescending(call => call.At)],
        };
        var unseen = isToday ? QueueFigures.Of(floor)[name].UnseenUntil(floor, now) : TimeSpan.Zero;
        return new(
            name, figure, explained.Unit, explained.Value, WireMapping.Of(explained.Meaning),
            [.. explained.Parts.Select(part => new WireFigurePart(WireMapping.Of(part.Name), part.Unit, part.Value))],
            since, (long)unseen.TotalMilliseconds, all.Count, [.. all.Take(MaxListed)]);
    }

    private static DateTimeOffset SinceOf(DayRecord record) => record switch
    {
        StateSpan span => span.Since,
        BreakSpan span => span.Since,
        CallSpan span => span.Since,
        _ => record.EndedAt,
    };

    private static WireCallSpan Of(CallSpan span) =>
        new(span.Call, span.Queue, WireWords.Of(span.Direction), Masking.Mask(span.Party), span.Since, span.Until, span.Answered, span.Entry);

    private static WireFigureCall Of(WaitingCaller caller, bool counts, DateTimeOffset now) => new(
        caller.Call, Masking.Mask(caller.Party), null, caller.Since, "waiting", Math.Max(0, (long)(now - caller.Since).TotalMilliseconds), null,
        counts ? "counts" : "excluded", caller.Entry);

    private static WireFigureCall Of(CallHandled call) =>
        new(call.Call, null, call.Agent, call.At, "handled", null, (long)call.Talked.TotalMilliseconds, "counts", call.Entry);

    private static WireFigureCall Of(CallerFate call, string role) =>
        new(call.Call, Masking.Mask(call.Party), call.Agent, call.DecidedAt, Word(call.Outcome), (long)call.Waited.TotalMilliseconds, null, role, call.Entry);

    private static WireAbandoned Of(string queue, CallerFate fate, ILookup<string, DateTimeOffset> answered, CalledBack? back, FloorState floor)
    {
        DateTimeOffset? reached = null;
        if (fate.Party is { } party)
            foreach (var at in answered[party].Order())
                if (at > fate.DecidedAt)
                {
                    reached = at;
                    break;
                }

        return new(
            queue, floor.Queues.GetValueOrDefault(queue)?.Label ?? queue, fate.Call, Masking.Mask(fate.Party), fate.JoinedAt, fate.DecidedAt,
            (long)fate.Waited.TotalMilliseconds, reached, back?.By, back?.At, fate.Entry);
    }

    private static string Word(CallerOutcome outcome) => outcome switch
    {
        CallerOutcome.Answered => "answered",
        CallerOutcome.Abandoned => "abandoned",
        CallerOutcome.Left => "left",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
