using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;

namespace FloorMonitor.Core.Metrics;

/// <summary>The counters of a day that is over, counted again from its records.</summary>
public static class Recounted
{
    /// <summary>What the records of one queue add up to. Wrap-up and what gaps hid are not in them.</summary>
    public static QueueCounters Of(IReadOnlyList<DayRecord> records, DateTimeOffset since)
    {
        var counters = new QueueCounters { Since = since };
        foreach (var record in records)
        {
            counters = record switch
            {
                CallerFate { Outcome: CallerOutcome.Answered } fate => counters with
                {
                    Offered = counters.Offered + 1,
                    Answered = counters.Answered + 1,
                    AnsweredWithin = counters.AnsweredWithin + (fate.InTime ? 1 : 0),
                    Waited = counters.Waited + fate.Waited,
                },
                CallerFate { Outcome: CallerOutcome.Abandoned } fate => counters with
                {
                    Offered = counters.Offered + 1,
                    Abandoned = counters.Abandoned + 1,
                    AbandonedWithin = counters.AbandonedWithin + (fate.InTime ? 1 : 0),
                },
                CallerFate => counters with { Offered = counters.Offered + 1, LeftOtherwise = counters.LeftOtherwise + 1 },
                CallHandled handled => counters with { Handled = counters.Handled + 1, Talked = counters.Talked + handled.Talked },
                _ => counters,
            };
        }

        return counters;
    }
}
