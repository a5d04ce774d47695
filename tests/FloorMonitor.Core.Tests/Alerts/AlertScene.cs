using System.Collections.Immutable;
using System.Globalization;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Alerts;

/// <summary>A floor of two teams, its people and what alerting does on it, step by step.</summary>
internal sealed class AlertScene
{
    public AlertScene(AlertSettings? settings = null)
    {
        Settings = settings ?? People;
        Floor = FloorState.Empty with
        {
            Setup = FloorSetup.Default with
            {
                Site = "hall",
                TimeZone = "Asia/Shanghai",
                Teams = [new("A", "客服一班", "1001", "周海燕"), new("B", "客服二班", null, "周海燕")],
            },
            Agents = new[] { ("1001", "A"), ("1002", "A"), ("1003", "A"), ("2001", "B") }
                .ToImmutableDictionary(one => one.Item1, one => new Agent { Id = one.Item1, Name = $"N{one.Item1}", Address = "", Team = one.Item2, Since = At("08:00:00") }),
            Duty = new("d", At("08:00:00")),
        };
    }

    /// <summary>Lead 1001, supervisor, duty, manager and director, a chat group; a ladder that goes all the way up.</summary>
    public static AlertSettings People { get; } = new()
    {
        People =
        [
            new("l", "Lead", "zh", [new("email", "lead@x")]) { Agent = "1001" },
            new("s", "周海燕", "zh", [new("email", "sup@x")]),
            new("d", "Duty", "en", [new("email", "duty@x"), new("browser", "d")]),
            new("m", "Manager", "en", [new("email", "manager@x")]),
            new("b", "Boss", "zh", [new("email", "boss@x")]),
        ],
        Roles = [new("operations-manager", ["m"]), new("director", ["b"])],
        Groups = [new("ops", "zh")],
        Ladders = [new("up", [new(TimeSpan.FromMinutes(3), ["duty"]), new(TimeSpan.FromMinutes(3), ["operations-manager"]), new(TimeSpan.FromMinutes(5), ["director"])])],
        Routes = [new() { To = ["lead"], Ladder = "up" }],
    };

    public AlertSettings Settings { get; set; }

    public FloorState Floor { get; set; }

    public AlertBook Book { get; set; } = AlertBook.Empty;

    public AlertOutcome Last { get; private set; } = new(AlertBook.Empty, [], [], [], []);

    public Alert Only => Assert.Single(Book.Alerts.Values);

    public static DateTimeOffset At(string time) => new(new DateOnly(2026, 11, 23), TimeOnly.Parse(time, CultureInfo.InvariantCulture), TimeSpan.Zero);

    public static Verdict Late(string agent, string time, Severity severity = Severity.Warning, string rule = "late") => new()
    {
        Id = $"{rule}:{agent}:{time}",
        Rule = rule,
        Clause = "D2.2",
        Severity = severity,
        Subject = new("agent", agent),
        OpenedAt = At(time),
        Text = new($"迟到 {agent}", $"late {agent}"),
        Status = VerdictStatus.Open,
    };

    public static Verdict Closed(Verdict verdict, string time) => verdict with { Status = VerdictStatus.Closed, ClosedAt = At(time) };

    /// <summary>Verdicts changed: who was told what, as <c>opened email lead@x</c>, in order.</summary>
    public List<string> Change(string time, params Verdict[] verdicts) => Decide(new VerdictsChanged(At(time), [.. verdicts]));

    public List<string> Tick(string time) => Decide(new AlertTicked(At(time)));

    public List<string> Acknowledge(string time, string by) => Decide(new AlertAcknowledged(At(time), Only.Id, by));

    public List<string> Decide(AlertInput input)
    {
        Last = AlertDesk.Decide(Book, input, Floor, Settings);
        Book = Last.Book;
        return [.. Last.Messages.Select(message => $"{message.News.ToString().ToLowerInvariant()} {message.Target.Channel} {message.Target.To}".TrimEnd())];
    }
}
