using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>Turns what is to be told into messages: to screens at once, to people at once, after quiet hours or in a digest.</summary>
internal sealed class AlertSender(ImmutableDictionary<string, AlertDigest> digests, FloorState floor, AlertSettings settings, DateTimeOffset at)
{
    // What a digest names; the rest is counted.
    private const int MostLines = 40;

    private readonly ImmutableArray<AlertMessage>.Builder messages = ImmutableArray.CreateBuilder<AlertMessage>();
    private readonly ImmutableArray<ScreenAlert>.Builder screens = ImmutableArray.CreateBuilder<ScreenAlert>();

    /// <summary>What leaves the house.</summary>
    public ImmutableArray<AlertMessage> Messages => messages.ToImmutable();

    /// <summary>What screens show.</summary>
    public ImmutableArray<ScreenAlert> Screens => screens.ToImmutable();

    /// <summary>What is gathered.</summary>
    public ImmutableDictionary<string, AlertDigest> Digests { get; private set; } = digests;

    /// <summary>Tells the screens and these people.</summary>
    /// <returns>The alert with whom was told and whom quiet hours spare.</returns>
    /// <param name="alert">The alert.</param>
    /// <param name="news">What is new of it.</param>
    /// <param name="route">Its route.</param>
    /// <param name="targets">Whom to tell.</param>
    /// <param name="step">Of what in its life the messages are, where that is no step of the ladder; part of their keys.</param>
    public Alert Send(Alert alert, AlertNews news, AlertRoute route, List<AlertTarget> targets, string? step = null)
    {
        var words = AlertSentences.Of(alert, news, floor);
        Show(alert, news, route, words, targets);
        foreach (var target in targets)
        {
            if (IsScreen(target)) continue;
            // What is gathered was put into the digest when it was heard of.
            if (route.Digest && news != AlertNews.Escalated) continue;
            if (IsQuiet(target, alert.Severity)) alert = alert with { Held = With(alert.Held, target) };
            else alert = Tell(alert, news, target, words, step);
        }

        return alert;
    }

    /// <summary>Puts what is new of an alert into these people's digests.</summary>
    public Alert Gather(Alert alert, List<AlertTarget> targets)
    {
        if (alert.Members.All(member => member.Gathered)) return alert;
        foreach (var member in alert.Members)
        {
            if (member.Gathered) continue;
            foreach (var target in targets)
                if (!IsScreen(target)) Gather(member, target);
        }

        return alert with { Members = ValueArray.From(alert.Members.Select(member => member with { Gathered = true })) };
    }

    /// <summary>Shows something on the screens alone.</summary>
    public void Show(Alert alert, AlertNews news, AlertRoute route) =>
        Show(alert, news, route, AlertSentences.Of(alert, news, floor, alert.Acknowledged), []);

    /// <summary>Tells those who were told that it is over.</summary>
    public Alert SendOver(Alert alert, AlertRoute route)
    {
        var words = AlertSentences.Of(alert, AlertNews.Over, floor, alert.Acknowledged);
        Show(alert, AlertNews.Over, route, words, []);
        foreach (var target in alert.Told)
            if (!settings.WithoutOver.Contains(target.Channel)) Tell(alert, AlertNews.Over, target, words);
        return alert;
    }

    /// <summary>Tells those whose quiet hours have ended, where it still goes on and nobody has seen to it.</summary>
    public Alert Release(Alert alert)
    {
        if (alert.Held.IsEmpty || alert.ClosedAt is not null) return alert;
        var words = AlertSentences.Of(alert, AlertNews.Opened, floor);
        foreach (var target in alert.Held)
        {
            if (IsQuiet(target, alert.Severity)) continue;
            alert = Tell(alert with { Held = Without(alert.Held, target) }, AlertNews.Opened, target, words);
        }

        return alert;
    }

    /// <summary>Sends the digests that have gathered long enough.</summary>
    public void SendDigests()
    {
        foreach (var (name, digest) in Digests.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (at < digest.Since + settings.DigestEvery || IsQuiet(digest.Target, Severity.Info)) continue;
            Digests = Digests.Remove(name);
            var (title, body) = AlertSentences.Of(digest, floor, at);
            var id = $"digest:{Docket.Stamp(digest.Since)}";
            messages.Add(new()
            {
                Key = $"{id}@{name}",
                Alert = id,
                Subject = "digest",
                News = AlertNews.Digest,
                Target = digest.Target,
                Rule = "",
                Severity = Severity.Info,
                At = at,
                Title = In(title, digest.Target),
                Body = In(body, digest.Target),
            });
        }
    }

    private static bool IsScreen(AlertTarget target) => target.Channel is AlertWords.Page or AlertWords.Browser;

    private static string NameOf(AlertTarget target) => $"{target.Channel}:{target.To}";

    private static string In(Text text, AlertTarget target) => target.Language == "en" ? text.En : text.Zh;

    private static ValueArray<AlertTarget> With(ValueArray<AlertTarget> targets, AlertTarget target) => targets.Contains(target) ? targets : targets.Add(target);

    private static ValueArray<AlertTarget> Without(ValueArray<AlertTarget> targets, AlertTarget target) => ValueArray.From(targets.Where(one => one != target));

    private void Show(Alert alert, AlertNews news, AlertRoute route, (Text Title, Text Body) words, List<AlertTarget> targets) => screens.Add(new()
    {
        Alert = alert,
        News = news,
        At = at,
        Title = words.Title,
        Body = words.Body,
        Sound = news is AlertNews.Over or AlertNews.Acknowledged ? AlertSounds.None : route.Sound ?? AlertSounds.Of(alert.Severity),
        Screens = route.Screens,
        Pages = ValueArray.From(targets.Where(target => target.Channel == AlertWords.Page).Select(target => target.To)),
        Browsers = ValueArray.From(targets.Where(target => target.Channel == AlertWords.Browser).Select(target => target.To)),
    });

    private Alert Tell(Alert alert, AlertNews news, AlertTarget target, (Text Title, Text Body) words, string? step = null)
    {
        step ??= news == AlertNews.Escalated ? $"step-{alert.Step}" : news == AlertNews.Over ? "over" : "told";
        messages.Add(new()
        {
            Key = $"{alert.Id}#{alert.Sent}.{step}@{NameOf(target)}",
            Alert = alert.Id,
            Subject = alert.Key,
            News = news,
            Target = target,
            Rule = alert.Rule,
            Severity = alert.Severity,
            At = at,
            Title = In(words.Title, target),
            Body = In(words.Body, target),
            Verdicts = ValueArray.From(alert.Members.Where(member => member.ClosedAt is null || news == AlertNews.Over || member.CameAndWent).Select(member => member.Verdict).TakeLast(MostLines)),
        });
        return news == AlertNews.Over ? alert : alert with { Told = With(alert.Told, target) };
    }

    private bool IsQuiet(AlertTarget target, Severity severity)
    {
        var hours = settings.Quiet;
        foreach (var person in settings.People)
            if (person.Id == target.Person && person.Quiet is { } own) hours = own;
        return hours?.Holds(severity, at, floor.Setup) == true;
    }

    private void Gather(AlertMember member, AlertTarget target)
    {
        var name = NameOf(target);
        var digest = Digests.GetValueOrDefault(name) ?? new(target, at, [], 0);
        var line = AlertSentences.Line(member);
        var clock = Sentences.Clock(member.OpenedAt, floor)[..5];
        Digests = Digests.SetItem(name, digest with { Count = digest.Count + 1, Lines = Last(digest.Lines.Add(new($"{clock} {line.Zh}", $"{clock} {line.En}"))) });
    }

    private static ValueArray<Text> Last(ValueArray<Text> lines) => lines.Count > MostLines ? lines.RemoveAt(0) : lines;
}
