using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>One decision of <see cref="AlertDesk"/>: what becomes of the alerts. What is sent of them is in <see cref="AlertSender"/>.</summary>
internal sealed class AlertWork
{
    // An alert keeps every open verdict, and of those that are over this many, so that a bad day does not grow for ever.
    private const int MostOver = 50;

    // A verdict that was over when it was first heard of is still news, unless it only changed its history long after.
    private static readonly TimeSpan StillNews = TimeSpan.FromMinutes(1);

    private readonly FloorState floor;
    private readonly AlertSettings settings;
    private readonly DateTimeOffset at;
    private readonly AlertRouter router;
    private readonly AlertSender sender;
    private readonly ImmutableDictionary<string, Alert>.Builder alerts;
    private readonly ImmutableDictionary<string, string>.Builder verdicts;
    private readonly ImmutableArray<Alert>.Builder ended = ImmutableArray.CreateBuilder<Alert>();
    private readonly ImmutableArray<Alert>.Builder unreached = ImmutableArray.CreateBuilder<Alert>();

    public AlertWork(AlertBook book, FloorState floor, AlertSettings settings, DateTimeOffset at)
    {
        (this.floor, this.settings, this.at) = (floor, settings, at);
        router = new(floor, settings);
        sender = new(book.Digests, floor, settings, at);
        alerts = book.Alerts.ToBuilder();
        verdicts = book.Verdicts.ToBuilder();
    }

    /// <summary>What was decided.</summary>
    public AlertOutcome Result() => new(
        new AlertBook { Alerts = alerts.ToImmutable(), Verdicts = verdicts.ToImmutable(), Digests = sender.Digests },
        sender.Messages,
        sender.Screens,
        ended.ToImmutable(),
        unreached.ToImmutable());

    /// <summary>Verdicts opened, changed or closed. All of them are entered before anything is sent: twelve late comers of one tick are one message.</summary>
    public void Take(ImmutableArray<Verdict> changed)
    {
        var touched = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var verdict in changed.OrderBy(verdict => verdict.OpenedAt).ThenBy(verdict => verdict.Id, StringComparer.Ordinal))
            if (Enter(verdict) is { } key) touched.Add(key);
        foreach (var key in touched) Settle(key);
    }

    /// <summary>The floor's open verdicts are the truth: what opened or closed unheard is made up for.</summary>
    public void Reconcile()
    {
        var changed = new List<Verdict>();
        var touched = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (id, key) in verdicts.ToImmutable())
        {
            if (floor.Verdicts.ContainsKey(id)) continue;
            verdicts.Remove(id);
            if (!alerts.TryGetValue(key, out var alert)) continue;
            alerts[key] = alert with { Members = Ended(alert.Members, id) };
            touched.Add(key);
        }

        foreach (var (_, verdict) in floor.Verdicts) changed.Add(verdict);
        foreach (var key in touched) Settle(key);
        Take([.. changed]);
    }

    /// <summary>Somebody acknowledged an alert: its ladder stops, the screens fall silent.</summary>
    public void Acknowledge(string id, string by)
    {
        var alert = alerts.Values.FirstOrDefault(one => one.Id == id);
        if (alert is null || alert.Acknowledged is not null || alert.ClosedAt is not null) return;
        alert = alert with { Acknowledged = new(by, at), Held = [] };
        alerts[alert.Key] = alert;
        sender.Show(alert, AlertNews.Acknowledged, router.RouteOf(alert));
    }

    /// <summary>Time passed: growth that waited, ladders, quiet hours that end, digests, and alerts that nobody asks for any more.</summary>
    public void Tick()
    {
        foreach (var key in alerts.Keys.Order(StringComparer.Ordinal).ToList())
        {
            Settle(key);
            Climb(key);
            alerts[key] = sender.Release(alerts[key]);
            var alert = alerts[key];
            if (alert.ClosedAt is not null && !alert.HasNews && at >= alert.SentAt + settings.Cooldown) alerts.Remove(key);
        }

        sender.SendDigests();
    }

    private string? Enter(Verdict verdict)
    {
        if (verdict.Status == VerdictStatus.Pending) return null;
        if (verdicts.TryGetValue(verdict.Id, out var known) && alerts.TryGetValue(known, out var alert))
        {
            alerts[known] = Updated(alert, verdict);
            if (verdict.Status == VerdictStatus.Closed) verdicts.Remove(verdict.Id);
            return known;
        }

        var isOver = verdict.Status == VerdictStatus.Closed;
        // What somebody said about a verdict, perhaps long after, is no news of it.
        if (verdict.Disposition is not null || (isOver && at - verdict.ClosedAt > StillNews)) return null;
        var key = router.KeyOf(verdict);
        var member = MemberOf(verdict) with { CameAndWent = isOver };
        alerts[key] = alerts.TryGetValue(key, out var going) ? Joined(going, member) : Begun(key, verdict, member);
        if (!isOver) verdicts[verdict.Id] = key;
        return key;
    }

    private Alert Begun(string key, Verdict verdict, AlertMember member)
    {
        var (team, queue) = router.PlaceOf(verdict);
        return new()
        {
            Id = $"{key}:{Docket.Stamp(verdict.OpenedAt)}",
            Key = key,
            Rule = verdict.Rule,
            Severity = verdict.Severity,
            Team = settings.Grouping == AlertGrouping.Rule ? null : team,
            Queue = settings.Grouping == AlertGrouping.Rule ? null : queue,
            Shifts = router.ShiftsOf(verdict),
            OpenedAt = verdict.OpenedAt,
            Members = [member],
            Count = 1,
        };
    }

    // What begins again after it was over is told anew, when it may be, and its ladder begins anew.
    private static Alert Joined(Alert alert, AlertMember member)
    {
        if (alert.ClosedAt is not null && !member.CameAndWent)
        {
            // The same again is hushed for a while; what happens to somebody else has been told to nobody.
            alert = alert with
            {
                ClosedAt = null,
                Announced = false,
                Acknowledged = null,
                Step = 0,
                Told = [],
                Held = [],
                Severity = member.Severity,
                IsAnothers = !alert.Members.Any(known => known.Told && known.Subject == member.Subject && known.Concerns == member.Concerns),
            };
        }
        else if (alert.Acknowledged is not null && !member.CameAndWent)
        {
            // Who acknowledged one has not acknowledged the next.
            alert = alert with { IsAnothers = true };
        }

        return Graver(alert, member.Severity) with { Members = Bounded(alert.Members.Add(member)), Count = alert.Count + 1 };
    }

    private static Alert Graver(Alert alert, Severity severity) => severity <= alert.Severity
        ? alert
        // Who acknowledged a warning has not acknowledged what became of it.
        : alert with { Severity = severity, Acknowledged = null, Step = 0, Announced = false, IsGraver = alert.Sent > 0 };

    private Alert Updated(Alert alert, Verdict verdict)
    {
        var index = alert.Members.FindIndex(verdict.Id, (member, id) => member.Verdict == id);
        if (index < 0) return alert;
        var before = alert.Members[index];
        var member = MemberOf(verdict) with { Told = before.Told, Gathered = before.Gathered, WentUp = before.WentUp };
        var graver = verdict.Status == VerdictStatus.Open && verdict.Severity > alert.Severity;
        // Told of the lighter one, not of this one.
        if (graver) member = member with { Told = false };
        return Graver(alert, graver ? verdict.Severity : alert.Severity) with { Members = alert.Members.SetItem(index, member) };
    }

    private AlertMember MemberOf(Verdict verdict) => new(
        verdict.Id, verdict.Subject, verdict.Concerns, AlertSentences.NameOf(verdict, floor), verdict.Severity, verdict.Text, verdict.OpenedAt, verdict.ClosedAt)
    {
        GoesTo = verdict.GoesTo,
        // Who disputes it has not seen to it.
        SeenToBy = verdict.Disposition is { Step: not VerdictSteps.Disputed } said ? said.By : null,
    };

    private ValueArray<AlertMember> Ended(ValueArray<AlertMember> members, string verdict)
    {
        var index = members.FindIndex(verdict, (member, id) => member.Verdict == id);
        return index < 0 ? members : members.SetItem(index, members[index] with { ClosedAt = at });
    }

    private static ValueArray<AlertMember> Bounded(ValueArray<AlertMember> members)
    {
        var over = members.Count(member => member.ClosedAt is not null);
        while (over > MostOver)
        {
            members = members.RemoveAt(members.FindIndex(0, (member, _) => member.ClosedAt is not null));
            over--;
        }

        return members;
    }

    // Sends what is due of an alert now, and closes it when nothing of it is open any more.
    private void Settle(string key)
    {
        var alert = alerts[key];
        var route = router.RouteOf(alert);
        if (route.Digest) alert = sender.Gather(alert, router.Resolve(route.To, alert));
        if (alert.HasNews && IsDue(alert)) alert = Announce(alert, route);

        if (alert.Acknowledged is null && alert.Announced && SeenToBy(alert) is { } by)
        {
            alert = alert with { Acknowledged = new(by, at), Held = [] };
            sender.Show(alert, AlertNews.Acknowledged, route);
        }

        if (alert.Announced && alert.Acknowledged is null) alert = GoUp(alert, route);
        if (alert.ClosedAt is null && alert.OpenCount == 0)
        {
            alert = alert with { ClosedAt = LastOf(alert), Held = [] };
            var wasThereToSee = alert.Members.Any(member => !member.CameAndWent && member.Told);
            if (alert.Announced && wasThereToSee) alert = sender.SendOver(alert, route);
            ended.Add(alert);
        }

        alerts[key] = alert;
    }

    // Of every verdict that is open somebody has said that they know: the alert needs no words of its own.
    private static string? SeenToBy(Alert alert)
    {
        string? by = null;
        foreach (var member in alert.Members)
        {
            if (member.ClosedAt is not null) continue;
            if (member.SeenToBy is null) return null;
            by = member.SeenToBy;
        }

        return by;
    }

    private bool IsDue(Alert alert)
    {
        if (alert.Sent == 0) return true;
        // Graver than what was told goes at once; and what is critical may not be hushed by what was before.
        var isFirstGrowth = alert.Announced && alert.Sent == 1;
        var patience = alert.Severity == Severity.Critical || isFirstGrowth || alert.IsAnothers ? settings.Window : settings.Cooldown;
        return alert.IsGraver || at >= alert.SentAt + patience;
    }

    private Alert Announce(Alert alert, AlertRoute route)
    {
        var news = alert.Announced ? AlertNews.Grew : AlertNews.Opened;
        var targets = router.Resolve(route.To, alert);
        // The first of several announcements runs the ladder's time; growth does not give it more.
        if (news == AlertNews.Opened || alert.IsAnothers) alert = alert with { StepAt = at, Step = 0, Acknowledged = null };
        alert = sender.Send(alert with { Announced = true, IsGraver = false, IsAnothers = false, Sent = alert.Sent + 1, SentAt = at }, news, route, targets);
        alert = alert with { Members = ValueArray.From(alert.Members.Select(member => member with { Told = true })) };
        // Nobody there to be told (a team without a lead): the next step is taken now.
        if (news == AlertNews.Opened && !route.To.IsEmpty && targets.Count == 0) alert = Climb(alert, route, isNobodyTold: true);
        return alert;
    }

    // Where the rule itself says whose it is now (a hand that the lead left up is the supervisor's), that one is told, once a verdict.
    private Alert GoUp(Alert alert, AlertRoute route)
    {
        foreach (var member in alert.Members)
        {
            if (member is not { ClosedAt: null, GoesTo: { } word, WentUp: false }) continue;
            var targets = router.Resolve([word], alert);
            var index = alert.Members.FindIndex(member.Verdict, (one, id) => one.Verdict == id);
            alert = alert with { Members = alert.Members.SetItem(index, member with { WentUp = true }) };
            if (targets.Count > 0) alert = sender.Send(alert, AlertNews.Escalated, route, targets, $"up-{member.Verdict}");
            else unreached.Add(alert);
        }

        return alert;
    }

    private void Climb(string key)
    {
        var alert = alerts[key];
        if (!alert.Announced || alert.ClosedAt is not null || alert.Acknowledged is not null) return;
        alerts[key] = Climb(alert, router.RouteOf(alert), isNobodyTold: false);
    }

    private Alert Climb(Alert alert, AlertRoute route, bool isNobodyTold)
    {
        var ladder = router.LadderOf(route);
        while (alert.Step < ladder.Count && (isNobodyTold || at >= alert.StepAt + ladder[alert.Step].After))
        {
            var targets = router.Resolve(ladder[alert.Step].To, alert);
            alert = alert with { Step = alert.Step + 1, StepAt = at };
            isNobodyTold = targets.Count == 0;
            if (!isNobodyTold) alert = sender.Send(alert, AlertNews.Escalated, route, targets);
        }

        // What is of little weight may find nobody; of the rest the desk must know that nobody was told.
        if (isNobodyTold && alert.Severity > Severity.Info) unreached.Add(alert);
        return alert;
    }

    private static DateTimeOffset LastOf(Alert alert) => alert.Members.Max(member => member.ClosedAt) ?? alert.OpenedAt;
}
