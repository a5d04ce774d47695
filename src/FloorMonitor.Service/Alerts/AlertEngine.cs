using System.Collections.Immutable;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>
/// The one reader of alerting: takes what happened, lets <see cref="AlertDesk"/> decide, shows it on the screens, writes it into the
/// outbox, and hands what leaves the house to the lanes, in this order. It stands beside the floor's writer, which never waits for it.
/// </summary>
internal sealed class AlertEngine(
    AlertInbox inbox,
    AlertOutbox outbox,
    AlertLanes lanes,
    MessageCarrier messages,
    AcknowledgementLinks links,
    Func<FloorState> floor,
    Action<ImmutableArray<ShownAlert>> show,
    DeskNotes notes,
    AlertMeter meter,
    TimeProvider time,
    ILogger<AlertEngine> log)
{
    private readonly HashSet<string> unreached = new(StringComparer.Ordinal);
    private AlertBook book = outbox.Book;
    private AlertConfig config = AlertConfig.Default;
    private string? trouble;
    private bool hasLost;

    /// <summary>What is going on, for those who ask.</summary>
    public AlertBook Book => Volatile.Read(ref book);

    /// <summary>Takes a configuration; from the next decision on.</summary>
    public void Apply(AlertConfig next) => Volatile.Write(ref config, next);

    /// <summary>Works until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        messages.Reconcile();
        lanes.Put(outbox.Waiting);
        Work();
        await foreach (var _ in inbox.Wake.ReadAllAsync(stop)) Work();
    }

    /// <summary>Takes what is there. Public to this assembly so that a test can drive it by hand.</summary>
    internal void Work()
    {
        var batch = inbox.Take();
        var now = time.GetUtcNow();
        if (batch.MustLook) Decide(new FloorFound(now), batch.Changed);
        if (!batch.Changed.IsEmpty) Decide(new VerdictsChanged(now, batch.Changed), batch.Changed);
        foreach (var asked in batch.Asked)
        {
            Decide(new AlertAcknowledged(now, asked.Alert, asked.By), []);
            asked.Answer.TrySetResult(Book.Find(asked.Alert));
        }

        if (batch.Tick is { } tick) Decide(new AlertTicked(tick), []);
        hasLost |= !messages.Look(Volatile.Read(ref config).Settings);
        // What found no room in the outbox, an alert or a person's words, is a dead letter that no lane has seen.
        if (hasLost) DeadLetterNote.Show(outbox, notes);
        hasLost = false;
    }

    private void Decide(AlertInput input, ImmutableArray<Verdict> verdicts)
    {
        var (settings, state) = (Volatile.Read(ref config), floor());
        AlertOutcome outcome;
        try
        {
            outcome = AlertDesk.Decide(book, input, state, settings.Settings);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // A floor that judges and tells nobody must say so; the next input finds the book as it was.
            log.LogCritical(bug, "Alerting failed at {Input}; nobody was told", input.GetType().Name);
            notes.Raise("bug-alerts", new("程序错误:通知未能处理,请联系维护人员", "A bug of the monitor: alerts are not decided; tell whoever looks after it"));
            return;
        }

        if (ReferenceEquals(outcome.Book, book)) return;
        // Screens first: they are near and cannot fail.
        if (!outcome.Screens.IsEmpty) Show(outcome.Screens, verdicts, state);
        var fresh = outbox.Commit(outcome.Book, outcome.Messages, outcome.Ended, LinksOf(outcome.Messages, settings));
        Volatile.Write(ref book, outcome.Book);
        lanes.Put(fresh);
        hasLost |= fresh.Count < outcome.Messages.Length;
        Note(outcome);
    }

    private void Show(ImmutableArray<ScreenAlert> screens, ImmutableArray<Verdict> verdicts, FloorState state)
    {
        var shown = ImmutableArray.CreateBuilder<ShownAlert>();
        foreach (var screen in screens)
        {
            meter.Shown.Add(1, new KeyValuePair<string, object?>("news", screen.News.ToString()));
            if (screen.Screens.IsEmpty && screen.Pages.IsEmpty && screen.Browsers.IsEmpty) continue;
            // The newest verdict of it; after a restart, of what is over there may be none at hand, and screens know without it.
            var members = screen.Alert.Members.Reverse().Select(member => member.Verdict);
            if (members.Select(id => Find(id)).FirstOrDefault(found => found is not null) is { } verdict) shown.Add(new(screen, verdict));
        }

        show(shown.ToImmutable());

        Verdict? Find(string id) => verdicts.FirstOrDefault(verdict => verdict.Id == id) ?? state.Verdicts.GetValueOrDefault(id);
    }

    private Dictionary<string, AcknowledgementLink> LinksOf(ImmutableArray<AlertMessage> messages, AlertConfig settings)
    {
        var made = new Dictionary<string, AcknowledgementLink>(StringComparer.Ordinal);
        if (settings.PublicUrl is null) return made;
        foreach (var message in messages)
        {
            if (!message.CanAcknowledge || settings.Channels.Any(channel => channel is SipConfig && channel.Name == message.Target.Channel)) continue;
            var by = settings.Settings.People.FirstOrDefault(person => person.Id == message.Target.Person)?.Name ?? message.Target.Channel;
            made[message.Key] = new(AcknowledgementLinks.HashOf(links.TokenOf(message.Key)), message.Alert, by, message.Target.Language, message.At + settings.LinksFor, null);
        }

        return made;
    }

    private void Note(AlertOutcome outcome)
    {
        foreach (var alert in outcome.Unreached)
        {
            if (!unreached.Add(alert.Id)) continue;
            log.LogWarning("Nobody whom alerts.yaml names could be told of {Alert}", alert.Id);
            notes.Raise("alerts-unreached", new($"无人可通知:{alert.Rule}", $"There is nobody to tell of {alert.Rule}: the people whom alerts.yaml names are not there"));
        }

        foreach (var alert in outcome.Ended) unreached.Remove(alert.Id);
        if (unreached.Count == 0) notes.Clear("alerts-unreached");
        if (outbox.Trouble == trouble) return;
        trouble = outbox.Trouble;
        if (trouble is null) notes.Clear("alerts-disk");
        else notes.Raise("alerts-disk", new($"通知无法写入磁盘,断电将丢失:{trouble}", $"Alerts cannot be written to disk, a crash would lose them: {trouble}"));
    }
}

/// <summary>What screens are shown, with the newest verdict of it.</summary>
internal sealed record ShownAlert(ScreenAlert Screen, Verdict Verdict);
