using System.Globalization;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// G1: calls per hour on queue against the bar of the agent's grade (<c>grade</c> in agents.csv). Looked at whenever an hour on queue is
/// full, so never in the first one and never twice an hour; breaks, gaps and what an unreachable phone hides count for neither side.
/// </summary>
public sealed record Cph : FloorRule, IAgentRule
{
    /// <summary>The rule with its defaults.</summary>
    public Cph() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "cph";

    /// <inheritdoc/>
    public override string Clause => "G1";

    /// <inheritdoc/>
    public override Text Meaning => new("在线每小时通话数低于等级标准", "Fewer calls per hour on queue than the grade's bar");

    /// <summary>The bar of trainees.</summary>
    [Parameter("Calls per hour on queue asked of a trainee", Min = "0", Max = "1000")]
    public double Trainee { get; init; } = 11;

    /// <summary>The bar of grade C.</summary>
    [Parameter("Calls per hour on queue asked of grade C", Min = "0", Max = "1000")]
    public double C { get; init; } = 13;

    /// <summary>The bar of grade B.</summary>
    [Parameter("Calls per hour on queue asked of grade B", Min = "0", Max = "1000")]
    public double B { get; init; } = 15;

    /// <summary>The bar of grade A.</summary>
    [Parameter("Calls per hour on queue asked of grade A", Min = "0", Max = "1000")]
    public double A { get; init; } = 17;

    /// <summary>The bar of a grade; null where there is none.</summary>
    public double? BarOf(string? grade) => grade switch
    {
        Grades.Trainee => Trainee,
        Grades.C => C,
        Grades.B => B,
        Grades.A => A,
        _ => null,
    };

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Today is not { } day || BarOf(agent.Grade) is not { } bar) return null;
        var (hours, handled) = day.ByFullHours(now);
        if (hours < 1 || handled >= bar * hours) return null;
        var at = day.FullAt(hours) ?? agent.Since;
        if (at > now) at = now;
        var rate = Math.Round((double)handled / hours, 1);
        string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
        var text = Sentences.WithClause(
            $"在线满 {hours} 小时接 {handled} 通,每小时 {Number(rate)} 通,{Grades.NameZh(agent.Grade)}标准 {Number(bar)} 通",
            $"{handled} calls in {hours} full {(hours == 1 ? "hour" : "hours")} on queue, {Number(rate)} an hour; {Grades.NameEn(agent.Grade)} has {Number(bar)} for its bar",
            Clause);
        var evidence = agent.LastCall is { } call ? Evidence.Of(agent.Session?.Entry ?? 0, call.Entry) : Evidence.Of(agent.Session?.Entry ?? 0);
        return new(About(agent), at, at, text, null, null, evidence, [])
        {
            Threshold = bar,
            Measured = rate,
            OneAtATime = true,
        };
    }

    /// <summary>With the hour that reached the bar.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var at = now;
        if (floor.Agents.TryGetValue(open.Subject.Id, out var agent) && agent.Today is { } day
            && day.FullAt(day.ByFullHours(now).Hours) is { } full && full > open.OpenedAt && full <= now) at = full;
        return new(at, null, open.Measured, open.Text);
    }
}
