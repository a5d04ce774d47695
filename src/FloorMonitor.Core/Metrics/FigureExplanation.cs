using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Metrics;

/// <summary>
/// How a figure of a queue comes about: its formula in words, its parts, and what each call counts for. So that whoever doubts a figure
/// can count it by hand (the sources of the formulas stand in <see cref="Formulas"/>).
/// </summary>
/// <param name="Id">The figure, one of <see cref="Ids"/>.</param>
/// <param name="Unit">What its value is: <c>count</c>, <c>share</c> (0 to 1) or <c>ms</c>.</param>
/// <param name="Value">Its value; null where nothing was counted.</param>
/// <param name="Meaning">The formula in words.</param>
/// <param name="Parts">The numbers that go into it.</param>
public sealed record FigureExplanation(string Id, string Unit, double? Value, Text Meaning, ValueArray<FigurePart> Parts)
{
    /// <summary>The figures of a queue that can be explained.</summary>
    public static ValueArray<string> Ids { get; } =
        ["waiting", "longest-wait", "offered", "answered", "abandoned", "left", "service-level", "asa", "aht", "abandon-rate", "connect-rate"];

    /// <summary>Explains a figure of a queue: by who waits, or by its counters; null for a figure that a queue does not have.</summary>
    /// <param name="id">The figure.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="now">The instant that waits are measured at.</param>
    public static FigureExplanation? Of(string id, Queue queue, DateTimeOffset now) => id switch
    {
        "waiting" => new(id, "count", queue.Waiting.Count, new("此刻在该队列中等待的来电数", "Callers who wait in this queue now"), []),
        "longest-wait" => new(
            id, "ms", queue.Waiting.IsEmpty ? null : Math.Max(0, (now - queue.Waiting[0].Since).TotalMilliseconds),
            new("此刻等待最久的来电已等待的时间", "How long the caller has waited who waits longest now"), []),
        _ => Counted(id, queue.Counters, queue.ServiceLevelWithin, queue.Formula),
    };

    private static FigureExplanation? Counted(string id, QueueCounters counters, TimeSpan within, ServiceLevelFormula formula) => id switch
    {
        "offered" => new(id, "count", counters.Offered, new("进入队列的来电数,含仍在等待的", "Callers who joined the queue, those who still wait included"), []),
        "answered" => new(id, "count", counters.Answered, new("由座席接起的来电数", "Calls that an agent took"), []),
        "abandoned" => new(id, "count", counters.Abandoned, new("接起之前主叫挂断的来电数", "Callers who hung up before anybody answered"), []),
        "left" => new(id, "count", counters.LeftOtherwise, new("既未接起也未放弃而离开队列的来电数(超时、按键)", "Calls that left unanswered without being abandoned (a time-out, a key)"), []),
        "service-level" => ServiceLevel(counters, within, formula),
        "asa" => new(id, "ms", Ms(Formulas.AverageSpeedOfAnswer(counters)), new("已接来电的等待时间总和(含振铃)÷ 已接来电数", "Waits of answered calls, ringing included, ÷ answered calls"),
            [Time("等待总和", "sum of waits", counters.Waited), Count("已接", "answered", counters.Answered)]),
        "aht" => new(id, "ms", Ms(Formulas.AverageHandleTime(counters)), new("(通话、保持与话后处理时间)÷ 处理完毕的来电数", "Talk, hold and wrap-up ÷ calls handled to the end"),
            [Time("通话与保持", "talk and hold", counters.Talked), Time("话后处理", "wrap-up", counters.WrappedUp), Count("处理完毕", "handled", counters.Handled)]),
        "abandon-rate" => new(id, "share", Formulas.AbandonRate(counters.Counts), new("放弃数 ÷ 已有结果的来电数(已接 + 放弃 + 其他离开)", "Abandoned ÷ calls that are decided (answered + abandoned + left otherwise)"), Decided(counters)),
        "connect-rate" => new(id, "share", Formulas.ConnectRate(counters.Counts), new("接通率:已接数 ÷ 已有结果的来电数", "Answered ÷ calls that are decided"), Decided(counters)),
        _ => null,
    };

    /// <summary>What a caller counts for in a figure: a word of the wire; null where it does not belong to it.</summary>
    /// <param name="id">The figure.</param>
    /// <param name="fate">The caller.</param>
    /// <param name="formula">The service level's formula.</param>
    public static string? RoleOf(string id, CallerFate fate, ServiceLevelFormula formula) => (id, fate.Outcome) switch
    {
        ("offered", _) => "counts",
        ("answered" or "asa", CallerOutcome.Answered) => "counts",
        ("abandoned", CallerOutcome.Abandoned) => "counts",
        ("left", CallerOutcome.Left) => "counts",
        ("abandon-rate", CallerOutcome.Abandoned) or ("connect-rate", CallerOutcome.Answered) => "counts",
        ("abandon-rate" or "connect-rate", _) => "decided",
        ("service-level", CallerOutcome.Answered) => fate.InTime ? "counts" : "decided",
        ("service-level", CallerOutcome.Abandoned) when fate.InTime => formula switch
        {
            ServiceLevelFormula.Offered => "excluded",
            ServiceLevelFormula.Asterisk2 => "counts",
            _ => null,
        },
        ("service-level", CallerOutcome.Abandoned) => formula == ServiceLevelFormula.Asterisk ? null : "decided",
        ("service-level", CallerOutcome.Left) => formula == ServiceLevelFormula.Offered ? "decided" : null,
        _ => null,
    };

    private static FigureExplanation ServiceLevel(QueueCounters counters, TimeSpan within, ServiceLevelFormula formula)
    {
        var (zh, en) = (Sentences.Zh(within), Sentences.En(within));
        var answeredWithin = Count($"{zh}内接起", $"answered within {en}", counters.AnsweredWithin);
        var abandonedWithin = Count($"{zh}内放弃", $"abandoned within {en}", counters.AbandonedWithin);
        var (meaning, parts) = formula switch
        {
            ServiceLevelFormula.Asterisk => (
                new Text($"{zh}内接起 ÷ 已接(Asterisk ServicelevelPerf)", $"Answered within {en} ÷ answered (Asterisk ServicelevelPerf)"),
                new[] { answeredWithin, Count("已接", "answered", counters.Answered) }),
            ServiceLevelFormula.Asterisk2 => (
                new Text($"({zh}内接起 + {zh}内放弃)÷(已接 + 放弃)(Asterisk ServicelevelPerf2)", $"(Answered + abandoned within {en}) ÷ (answered + abandoned) (Asterisk ServicelevelPerf2)"),
                [answeredWithin, abandonedWithin, Count("已接", "answered", counters.Answered), Count("放弃", "abandoned", counters.Abandoned)]),
            _ => (
                new Text($"{zh}内接起 ÷(已有结果的来电 − {zh}内放弃)", $"Answered within {en} ÷ (decided calls − abandoned within {en})"),
                [answeredWithin, Count("已有结果", "decided", Formulas.Decided(counters.Counts)), abandonedWithin]),
        };
        return new("service-level", "share", Formulas.ServiceLevel(counters.Counts, formula), meaning, ValueArray.From(parts));
    }

    private static ValueArray<FigurePart> Decided(QueueCounters counters) =>
        [Count("已接", "answered", counters.Answered), Count("放弃", "abandoned", counters.Abandoned), Count("其他离开", "left otherwise", counters.LeftOtherwise)];

    private static FigurePart Count(string zh, string en, int value) => new(new(zh, en), "count", value);

    private static FigurePart Time(string zh, string en, TimeSpan value) => new(new(zh, en), "ms", value.TotalMilliseconds);

    private static double? Ms(TimeSpan? value) => value?.TotalMilliseconds;
}

/// <summary>A number that goes into a figure.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit"><c>count</c> or <c>ms</c>.</param>
/// <param name="Value">How much.</param>
public sealed record FigurePart(Text Name, string Unit, double Value);
