using System.Globalization;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>The parts that the sentences of all rules are made of: durations, local times, names of breaks and clauses.</summary>
public static class Sentences
{
    /// <summary>A duration in Chinese, as said: <c>12 分 40 秒</c>, <c>30 分钟</c>, <c>1 小时 5 分钟</c>. Fractions of a second are dropped.</summary>
    public static string Zh(TimeSpan duration)
    {
        var (hours, minutes, seconds) = Parts(duration);
        return (hours, minutes, seconds) switch
        {
            (0, 0, _) => Say($"{seconds} 秒"),
            (0, _, 0) => Say($"{minutes} 分钟"),
            (0, _, _) => Say($"{minutes} 分 {seconds} 秒"),
            (_, 0, 0) => Say($"{hours} 小时"),
            (_, _, 0) => Say($"{hours} 小时 {minutes} 分钟"),
            _ => Say($"{hours} 小时 {minutes} 分 {seconds} 秒"),
        };
    }

    /// <summary>A duration in English: <c>12 min 40 s</c>, <c>30 min</c>, <c>1 h 5 min</c>. Fractions of a second are dropped.</summary>
    public static string En(TimeSpan duration)
    {
        var (hours, minutes, seconds) = Parts(duration);
        return (hours, minutes, seconds) switch
        {
            (0, 0, _) => Say($"{seconds} s"),
            (0, _, 0) => Say($"{minutes} min"),
            (0, _, _) => Say($"{minutes} min {seconds} s"),
            (_, 0, 0) => Say($"{hours} h"),
            (_, _, 0) => Say($"{hours} h {minutes} min"),
            _ => Say($"{hours} h {minutes} min {seconds} s"),
        };
    }

    /// <summary>Time that is left, up to the next whole second: nobody who waits as long as told is a moment too early.</summary>
    public static TimeSpan Left(TimeSpan left) =>
        left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds));

    /// <summary>
    /// What is measured of something that runs on past its deadline: it grows by whole minutes past that, so that an open
    /// verdict changes once a minute and not with every tick, and reads the same however often the clock ticks.
    /// </summary>
    /// <param name="atDeadline">What was measured when the deadline passed.</param>
    /// <param name="since">How long ago that was.</param>
    public static TimeSpan Running(TimeSpan atDeadline, TimeSpan since) =>
        since <= TimeSpan.Zero ? atDeadline : atDeadline + TimeSpan.FromMinutes(Math.Floor(since.TotalMinutes));

    /// <summary>A time of day by the site's clock: <c>10:03:00</c>.</summary>
    public static string Clock(DateTimeOffset at, FloorState floor) =>
        TimeZoneInfo.ConvertTime(at, SiteZone.Of(floor.Setup)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A duration that a gap hid and that is therefore not counted; nothing where there is none.</summary>
    public static Text NotCounted(TimeSpan hidden) => hidden <= TimeSpan.Zero
        ? new("", "")
        : new($",其中失去联系的 {Zh(hidden)}不计", $", the {En(hidden)} out of sight not counted");

    /// <summary>English words as they begin a sentence.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : string.Concat(words[..1].ToUpperInvariant(), words[1..]);

    /// <summary>A share as a percentage: <c>95%</c>, <c>7.5%</c>.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    /// <summary>What a kind of break is called, Chinese first. A personal one is named like any other break (principle 4).</summary>
    public static Text Break(string kind) => kind switch
    {
        "short" => new("小休", "short break"),
        "meal" => new("用餐", "meal break"),
        "training" => new("培训", "training"),
        "meeting" => new("会议", "meeting"),
        BreakKinds.Personal => new("休息", "break"),
        _ => new(kind, kind),
    };

    /// <summary>The clause as it is printed in the Chinese handbook: <c>D3.2</c> is <c>三·一·3.2</c>.</summary>
    public static string ClauseZh(string clause) => string.Join('、', clause.Split(',', StringSplitOptions.TrimEntries).Select(Printed));

    /// <summary>A sentence followed by its clause in brackets.</summary>
    public static Text WithClause(string zh, string en, string clause) => new($"{zh}({ClauseZh(clause)})", $"{en} ({clause})");

    private static string Printed(string clause)
    {
        if (clause.Length == 0) return clause;
        var section = clause[0] switch
        {
            'D' => "三·一",
            'A' => "三·二",
            'O' => "三·六",
            'P' => "一·三",
            'Q' => "五·二",
            'C' => "三·三",
            'G' => "一·四",
            _ => null,
        };
        if (section is null) return clause;
        return clause.Length == 1 ? section : $"{section}·{clause[1..]}";
    }

    private static (int Hours, int Minutes, int Seconds) Parts(TimeSpan duration)
    {
        var seconds = (long)Math.Floor(Math.Max(0, duration.TotalSeconds));
        return ((int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>The kinds of break that rules know by name; a site may add its own in floor.yaml.</summary>
public static class BreakKinds
{
    /// <summary>The short break of the hour (D2.4).</summary>
    public const string ShortBreak = "short";

    /// <summary>The meal.</summary>
    public const string MealBreak = "meal";

    /// <summary>A personal need: never refused, counts toward nothing (principle 4).</summary>
    public const string Personal = "personal";
}
