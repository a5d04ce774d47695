using System.Globalization;
using System.Text;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>What people read of an alert, in both languages: a line that says all on a phone's lock screen, and the lines below it.</summary>
internal static class AlertSentences
{
    // A message is read on the way; who wants all of twelve hundred opens the desk.
    private const int MostLines = 20;

    public static (Text Title, Text Body) Of(Alert alert, AlertNews news, FloorState floor, AlertAcknowledgement? by = null)
    {
        var shown = Shown(alert, news);
        var head = shown.Count switch
        {
            0 => new Text(alert.Rule, alert.Rule),
            1 => Line(shown[0]),
            _ => Several(alert, shown, floor),
        };
        var (zh, en) = news switch
        {
            AlertNews.Grew => ($"【{Zh(alert.Severity)}·更新】", $"[{En(alert.Severity)}, more] "),
            AlertNews.Escalated => ($"【{Zh(alert.Severity)}·升级】", $"[{En(alert.Severity)}, not acknowledged] "),
            AlertNews.Acknowledged => ("【已确认】", "[acknowledged] "),
            AlertNews.Over => ("【已解除】", "[over] "),
            _ => ($"【{Zh(alert.Severity)}】", $"[{En(alert.Severity)}] "),
        };
        return (new(zh + head.Zh, en + head.En), Body(alert, news, shown, floor, by));
    }

    public static (Text Title, Text Body) Of(AlertDigest digest, FloorState floor, DateTimeOffset at)
    {
        var (from, to) = (Sentences.Clock(digest.Since, floor)[..5], Sentences.Clock(at, floor)[..5]);
        var (zh, en) = (new StringBuilder(), new StringBuilder());
        foreach (var line in digest.Lines)
        {
            zh.Append("· ").Append(line.Zh).Append('\n');
            en.Append("· ").Append(line.En).Append('\n');
        }

        More(zh, en, digest.Count - digest.Lines.Count);
        return (
            new(Say($"【汇总】{from} 至 {to} 共 {digest.Count} 项"), Say($"[digest] {digest.Count} from {from} to {to}")),
            new(zh.ToString().TrimEnd('\n'), en.ToString().TrimEnd('\n')));
    }

    /// <summary>A verdict in one line, whom it is about first.</summary>
    public static Text Line(AlertMember member) => new($"{member.Name.Zh}:{member.Text.Zh}", $"{member.Name.En}: {member.Text.En}");

    /// <summary>What a subject is called.</summary>
    public static Text NameOf(Verdict verdict, FloorState floor)
    {
        // What is about the floor but concerns an agent (a raised hand) is understood by the agent's name.
        if ((verdict.Concerns ?? (verdict.Subject.Kind == "agent" ? verdict.Subject.Id : null)) is { } agent)
        {
            var name = floor.Agents.TryGetValue(agent, out var known) && known.Name != agent ? $"{known.Name} ({agent})" : agent;
            return new(name, name);
        }

        if (verdict.Subject.Kind == "queue") return Same(floor.Queues.TryGetValue(verdict.Subject.Id, out var queue) ? queue.Label : verdict.Subject.Id);
        return verdict.Subject.Kind == "team" ? Same(TeamLabel(verdict.Subject.Id, floor)) : Same(floor.Setup.Site);
    }

    public static string Zh(Severity severity) => severity switch
    {
        Severity.Critical => "严重",
        Severity.Warning => "警告",
        _ => "提示",
    };

    public static string En(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Warning => "warning",
        _ => "info",
    };

    // Of what is over, everything; otherwise what is going on.
    private static List<AlertMember> Shown(Alert alert, AlertNews news)
    {
        var open = alert.Members.Where(member => member.ClosedAt is null || (member.CameAndWent && !member.Told)).ToList();
        return open.Count == 0 || news == AlertNews.Over ? [.. alert.Members] : open;
    }

    private static Text Several(Alert alert, List<AlertMember> shown, FloorState floor)
    {
        var place = alert.Team is { } team ? TeamLabel(team, floor)
            : alert.Queue is { } queue ? floor.Queues.TryGetValue(queue, out var known) ? known.Label : queue
            : floor.Setup.Site;
        var first = Line(shown[0]);
        return new(Say($"{place} 共 {shown.Count} 项:{first.Zh} 等"), Say($"{place}, {shown.Count} of the kind: {first.En} and more"));
    }

    private static Text Body(Alert alert, AlertNews news, List<AlertMember> shown, FloorState floor, AlertAcknowledgement? by)
    {
        var (zh, en) = (new StringBuilder(), new StringBuilder());
        if (by is not null)
        {
            zh.Append(Say($"{by.By} 于 {Sentences.Clock(by.At, floor)} 确认\n"));
            en.Append(Say($"Acknowledged by {by.By} at {Sentences.Clock(by.At, floor)}\n"));
        }

        if (news == AlertNews.Escalated)
        {
            zh.Append(Say($"自 {Sentences.Clock(alert.OpenedAt, floor)} 起无人确认\n"));
            en.Append(Say($"Nobody has acknowledged it since {Sentences.Clock(alert.OpenedAt, floor)}\n"));
        }

        if (shown.Count > 1)
        {
            foreach (var member in shown.Take(MostLines))
            {
                var line = Line(member);
                zh.Append("· ").Append(line.Zh).Append('\n');
                en.Append("· ").Append(line.En).Append('\n');
            }

            More(zh, en, shown.Count - MostLines);
        }

        return new(zh.ToString().TrimEnd('\n'), en.ToString().TrimEnd('\n'));
    }

    private static void More(StringBuilder zh, StringBuilder en, int left)
    {
        if (left <= 0) return;
        zh.Append(Say($"…另有 {left} 项"));
        en.Append(Say($"… and {left} more"));
    }

    private static string TeamLabel(string id, FloorState floor)
    {
        foreach (var team in floor.Setup.Teams)
            if (team.Id == id) return team.Label;
        return id;
    }

    private static Text Same(string name) => new(name, name);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
