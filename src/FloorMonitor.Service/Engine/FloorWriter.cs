using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// The only place where the floor changes. Journal first, then fold, then judge; what judging wants done at the switch is
/// journalled and folded before it leaves. Synchronous and single-threaded: order is the whole point.
/// </summary>
/// <remarks>
/// A fold or a rule that throws is a bug, and a floor that stops is worse than a floor that says so. So: the entry stays in
/// the journal (it is the evidence of the bug), the state stays as it was before the event, the failure is logged with the
/// entry's id, counted and put on the desk, and the feed is read anew, because without that event its picture is no longer
/// sure. A rule that throws costs the judging of that event only.
/// </remarks>
internal sealed class FloorWriter(IFloorStore store, EngineMeter meter, DeskNotes notes, ILogger<FloorWriter> log)
{
    // An enforcement's own event is judged too, and may in principle lead to another; this many deep is a rule gone wrong.
    private const int MaxEnforcementDepth = 8;

    private readonly List<Verdict> changed = [];
    private readonly List<Verdict> opened = [];
    private readonly List<Enforcement> enforcements = [];
    private readonly List<DayRecord> over = [];
    private long lastEntry;
    private bool appended;

    /// <summary>The floor now.</summary>
    public FloorState State { get; private set; } = FloorState.Empty;

    /// <summary>The rules in force.</summary>
    public RuleBook Rules { get; set; } = new([]);

    /// <summary>
    /// Takes up where the journal ends: snapshot, the tail folded onto it, and every feed lost since the last word that was
    /// heard, because nobody saw what happened from then on.
    /// </summary>
    public void Recover(RecoveredFloor recovered)
    {
        State = recovered.Snapshot;
        lastEntry = recovered.LastEntry;
        foreach (var entry in recovered.Tail)
        {
            foreach (var said in entry.Events.AsSpan())
                Fold(said.Entry == 0 ? said with { Entry = entry.Id } : said, 0, isReplay: true);
        }

        foreach (var feed in State.Feeds.Values.Where(feed => feed.State != FeedState.Lost).OrderBy(feed => feed.Name, StringComparer.Ordinal))
            House(new FeedLost(State.At, feed.Name, "the monitor was not running") { MonitorAway = true });
    }

    /// <summary>What a feed said: one journal entry.</summary>
    /// <returns>Whether all of it could be folded.</returns>
    public bool Feed(FeedMessage message)
    {
        var id = ++lastEntry;
        var stamped = new FloorEvent[message.Events.Count];
        for (var i = 0; i < stamped.Length; i++) stamped[i] = message.Events[i] with { Entry = id };
        var events = ValueArray.Create<FloorEvent>(stamped);
        Append(new JournalEntry(id, message.At, message.Feed, message.Raw, events));
        var sound = true;
        foreach (var said in stamped) sound &= Fold(said, 0);
        meter.Events.Add(stamped.Length, new KeyValuePair<string, object?>("source", message.Feed));
        return sound;
    }

    /// <summary>An event of the house itself (configuration, gate, enforcement).</summary>
    public bool House(FloorEvent happened) => House(happened, 0);

    /// <summary>The store went or came back, as far as the floor does not know it yet.</summary>
    public void NoteStore(StoreHealth health, DateTimeOffset now)
    {
        var isAway = health.State == StoreState.Away;
        if (isAway == State.Health.Store is not null) return;
        var at = health.Since < now ? health.Since : now;
        House(isAway ? new StoreLost(at, health.Note) : new StoreFound(at));
    }

    /// <summary>
    /// Time passed. A journal that held every tick would be mostly ticks; only one that changed something is kept, and it
    /// is appended before anything of it is published.
    /// </summary>
    public void Tick(DateTimeOffset at)
    {
        var id = lastEntry + 1;
        var tick = new Tick(at) { Entry = id };
        Fold(tick, 0, onNews: () =>
        {
            lastEntry = id;
            Append(new JournalEntry(id, at, tick.Source, "", [tick]));
        });
        PlanBreaks(tick);
    }

    /// <summary>Hands what was appended to the system and takes what the batch led to.</summary>
    public Batch Finish()
    {
        if (appended)
        {
            appended = false;
            if (store.Flush()) notes.Clear("journal");
            else notes.Raise("journal", new("日志文件写入失败,断电将丢失最近记录", "The journal cannot be written: a crash would lose what is newest"));
        }

        var batch = new Batch(State, [.. changed], [.. opened], [.. enforcements]);
        changed.Clear();
        opened.Clear();
        enforcements.Clear();
        return batch;
    }

    private bool House(FloorEvent happened, int depth)
    {
        var id = ++lastEntry;
        var stamped = happened with { Entry = id };
        Append(new JournalEntry(id, happened.At, happened.Source, "", [stamped]));
        meter.Events.Add(1, new KeyValuePair<string, object?>("source", happened.Source));
        return Fold(stamped, depth);
    }

    private void Append(JournalEntry entry)
    {
        store.Append(entry);
        appended = true;
    }

    private bool Fold(FloorEvent said, int depth, bool isReplay = false, Action? onNews = null)
    {
        var before = State;
        FloorState after;
        try
        {
            after = FloorFold.Apply(before, said);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            Report("fold", said, bug);
            return false;
        }

        Judgement judgement;
        var judged = true;
        try
        {
            judgement = Rules.Judge(before, after, said);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            Report("judge", said, bug);
            judgement = new(after, [], []);
            judged = false;
        }

        State = judgement.State;
        Remember(before, after, said);
        // A rule that threw was isolated by the book; the desk must know that it does not judge.
        foreach (var fault in judgement.Faults) notes.Raise($"rule-{fault.Rule}", fault.Note);
        if (onNews is not null && (!judgement.Changed.IsDefaultOrEmpty || !judgement.Enforcements.IsDefaultOrEmpty || IsNews(before, State)))
            onNews();
        Collect(before, judgement.Changed);
        // In a replay the enforcements of the day stand in the journal themselves.
        if (isReplay || judgement.Enforcements.IsDefaultOrEmpty) return judged;
        foreach (var enforcement in judgement.Enforcements) Enforce(enforcement, depth);
        return judged;
    }

    // What is due about the tickets of breaks: decided here once, and found in the journal by a replay.
    private void PlanBreaks(Tick tick)
    {
        ImmutableArray<TicketEvent> steps;
        try
        {
            steps = Rules.Plan(State, tick.At);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            Report("plan", tick, bug);
            return;
        }

        foreach (var step in steps) House(step);
    }

    private void Enforce(Enforcement enforcement, int depth)
    {
        if (depth >= MaxEnforcementDepth)
        {
            Report("enforce", enforcement.Event, new InvalidOperationException("Enforcements lead to enforcements without end."));
            return;
        }

        House(enforcement.Event, depth + 1);
        if (!enforcement.Actions.IsEmpty) enforcements.Add(enforcement);
    }

    private void Collect(FloorState before, ImmutableArray<Verdict> verdicts)
    {
        if (verdicts.IsDefaultOrEmpty) return;
        foreach (var verdict in verdicts)
        {
            changed.Add(verdict);
            var wasOpen = before.Verdicts.TryGetValue(verdict.Id, out var earlier) && earlier.Status == VerdictStatus.Open;
            if (wasOpen || verdict.Status != VerdictStatus.Open) continue;
            opened.Add(verdict);
            meter.Verdicts.Add(1, new KeyValuePair<string, object?>("rule", verdict.Rule));
        }
    }

    private void Remember(FloorState before, FloorState after, FloorEvent said)
    {
        DayRecorder.Record(before, after, said, over);
        if (over.Count == 0) return;
        // What ended before the day began belongs to the day before, however late the news of it came.
        foreach (var record in over) store.Remember(DayOf(record, before, after), record);
        over.Clear();
        appended = true;
    }

    private static DateOnly DayOf(DayRecord record, FloorState before, FloorState after) =>
        before.BusinessDay != after.BusinessDay && before.BusinessDay != default && record.EndedAt < before.BusinessDayEndsAt ? before.BusinessDay : after.BusinessDay;

    private void Report(string stage, FloorEvent said, Exception bug)
    {
        log.LogCritical(bug, "Journal entry {Entry} ({Event} of {Source}) failed to {Stage}; the floor goes on without it", said.Entry, said.GetType().Name, said.Source, stage);
        meter.Failures.Add(1, new KeyValuePair<string, object?>("stage", stage));
        notes.Raise($"bug-{stage}", new(
            $"程序错误:日志第 {said.Entry} 条未能处理({stage}),请联系维护人员",
            $"A bug of the monitor: journal entry {said.Entry} failed to {stage}; tell whoever looks after it"));
    }

    // A tick that moved nothing but the clock is no news.
    private static bool IsNews(FloorState before, FloorState after) =>
        !ReferenceEquals(before, after)
        && !(ReferenceEquals(before.Agents, after.Agents) && ReferenceEquals(before.Queues, after.Queues)
            && ReferenceEquals(before.Feeds, after.Feeds) && ReferenceEquals(before.DialedCalls, after.DialedCalls)
            && ReferenceEquals(before.Verdicts, after.Verdicts) && ReferenceEquals(before.Setup, after.Setup)
            && ReferenceEquals(before.Health, after.Health) && ReferenceEquals(before.Baselines, after.Baselines)
            && before.BusinessDay == after.BusinessDay && before.Duty == after.Duty && before.DutyWatch == after.DutyWatch);
}

/// <summary>What a batch of items led to.</summary>
/// <param name="State">The floor after it.</param>
/// <param name="Changed">Verdicts that changed, in order.</param>
/// <param name="Opened">Those of them that opened.</param>
/// <param name="Enforcements">Actions to be done at the switches, their events folded already.</param>
internal sealed record Batch(
    FloorState State, ImmutableArray<Verdict> Changed, ImmutableArray<Verdict> Opened, ImmutableArray<Enforcement> Enforcements);
