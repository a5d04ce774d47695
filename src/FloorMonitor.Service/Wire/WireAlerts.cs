using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Wire;

/// <summary>What is new of an alert, for screens: which of them, which agents' pages and whose browsers show it, and how it sounds.</summary>
internal sealed record WireAlertNews(
    string Id,
    string News,
    DateTimeOffset At,
    string Rule,
    string Severity,
    WireText Title,
    WireText Text,
    string Sound,
    IReadOnlyList<string> Screens,
    IReadOnlyList<string> Pages,
    IReadOnlyList<string> Browsers,
    int Open,
    int Count,
    int Step,
    string? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt);

/// <summary>An alert as it is.</summary>
internal sealed record WireAlertState(
    string Id,
    string Rule,
    string Severity,
    string? Team,
    string? Queue,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    int Open,
    int Count,
    IReadOnlyList<WireAlertMember> Members,
    DateTimeOffset? SentAt,
    int Step,
    string? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt,
    IReadOnlyList<WireRecipient> Told,
    IReadOnlyList<WireRecipient> Held);

/// <summary>One verdict of an alert.</summary>
internal sealed record WireAlertMember(string Verdict, WireText Name, WireText Text, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt);

/// <summary>Who gets a message, by channel; the person's address stays inside.</summary>
internal sealed record WireRecipient(string Channel, string? Person);

/// <summary>A message: on its way, delivered, or a dead letter.</summary>
internal sealed record WireLetter(
    string Alert, string News, string Channel, string? Person, string Title, DateTimeOffset At, int Attempts, string? Error, DateTimeOffset? NextAt);

/// <summary>Everything about alerts: what is going on, what is over, and what became of the messages. Newest first, each list bounded.</summary>
internal sealed record WireAlertBook(
    IReadOnlyList<WireAlertState> Open,
    IReadOnlyList<WireAlertState> Ended,
    IReadOnlyList<WireLetter> Waiting,
    IReadOnlyList<WireLetter> Dead,
    IReadOnlyList<WireLetter> Delivered,
    int WaitingCount,
    int DeadCount);

/// <summary>Alerts as they leave the house.</summary>
internal static class WireAlerts
{
    public static WireAlert Of(ShownAlert shown, FloorState floor)
    {
        var (screen, alert) = (shown.Screen, shown.Screen.Alert);
        return new(WireMapping.Of(shown.Verdict, floor), new(
            alert.Id,
            WireWords.Of(screen.News),
            screen.At,
            alert.Rule,
            WireWords.Of(alert.Severity),
            WireMapping.Of(screen.Title),
            WireMapping.Of(screen.Body),
            screen.Sound,
            [.. screen.Screens],
            [.. screen.Pages],
            [.. screen.Browsers],
            alert.OpenCount,
            alert.Count,
            alert.Step,
            alert.Acknowledged?.By,
            alert.Acknowledged?.At));
    }

    public static WireAlertState Of(Alert alert) => new(
        alert.Id,
        alert.Rule,
        WireWords.Of(alert.Severity),
        alert.Team,
        alert.Queue,
        alert.OpenedAt,
        alert.ClosedAt,
        alert.OpenCount,
        alert.Count,
        [.. alert.Members.Select(member => new WireAlertMember(member.Verdict, WireMapping.Of(member.Name), WireMapping.Of(member.Text), member.OpenedAt, member.ClosedAt))],
        alert.Sent == 0 ? null : alert.SentAt,
        alert.Step,
        alert.Acknowledged?.By,
        alert.Acknowledged?.At,
        [.. alert.Told.Select(Of)],
        [.. alert.Held.Select(Of)]);

    public static WireLetter Of(OutboxEntry entry)
    {
        var message = entry.Message;
        return new(message.Alert, WireWords.Of(message.News), message.Target.Channel, message.Target.Person, message.Title, message.At, entry.Attempts, entry.Error, entry.DueAt);
    }

    public static WireLetter Of(OutboxLetter letter) => new(
        letter.Alert, WireWords.Of(letter.News), letter.Target.Channel, letter.Target.Person, letter.Title, letter.At, letter.Attempts, letter.Error, null);

    private static WireRecipient Of(AlertTarget target) => new(target.Channel, target.Person);
}
