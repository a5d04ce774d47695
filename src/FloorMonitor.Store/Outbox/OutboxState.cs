using System.Collections.Immutable;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Store.Outbox;

/// <summary>What the records of an outbox add up to. Folded the same way when they are written and when they are read back.</summary>
internal sealed class OutboxState(OutboxLimits limits)
{
    private readonly Dictionary<string, OutboxEntry> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Alert> alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlertDigest> digests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AcknowledgementLink> links = new(StringComparer.Ordinal);
    private readonly Queue<string> linkOrder = new();
    private readonly List<OutboxLetter> dead = [];
    private readonly Queue<OutboxLetter> delivered = new();
    private readonly List<Alert> ended = [];
    private readonly Queue<string> keyOrder = new();
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    public long LastNumber { get; private set; }

    public long MessagesUpTo { get; private set; }

    public int WaitingCount => waiting.Count;

    public int DeadCount => dead.Count;

    public IEnumerable<OutboxEntry> Waiting => waiting.Values.OrderBy(entry => entry.Number);

    public IReadOnlyList<OutboxLetter> Dead => dead;

    public IEnumerable<OutboxLetter> Delivered => delivered;

    public IReadOnlyList<Alert> Ended => ended;

    public AcknowledgementLink? FindLink(string hash) => links.GetValueOrDefault(hash);

    /// <summary>The message of a key while it waits; null for any other.</summary>
    public OutboxEntry? FindWaiting(string key) => waiting.GetValueOrDefault(key);

    /// <summary>What became of a message of late; null where that is not known (any more).</summary>
    public OutboxLetter? FindSettled(string key) => dead.FindLast(letter => letter.Key == key) ?? delivered.LastOrDefault(letter => letter.Key == key);

    /// <summary>Whether a message was ever put in, as far as that is remembered.</summary>
    public bool Knows(string key) => waiting.ContainsKey(key) || keys.Contains(key);

    /// <summary>The state of alerting that goes with it; which alert a verdict belongs to follows from the alerts.</summary>
    public AlertBook Book()
    {
        var verdicts = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var alert in alerts.Values)
            foreach (var member in alert.Members)
                if (member.ClosedAt is null) verdicts[member.Verdict] = alert.Key;
        return new() { Alerts = alerts.ToImmutableDictionary(), Digests = digests.ToImmutableDictionary(), Verdicts = verdicts.ToImmutable() };
    }

    public void Apply(OutboxRecord record)
    {
        if (record.Waits is { } entry)
        {
            waiting[entry.Message.Key] = entry;
            LastNumber = Math.Max(LastNumber, entry.Number);
        }

        if (record.Resent is { } again)
        {
            dead.RemoveAll(one => one.Key == again.Message.Key);
            waiting[again.Message.Key] = again;
            LastNumber = Math.Max(LastNumber, again.Number);
        }

        if (record.Dropped is { } dropped) dead.RemoveAll(one => one.Key == dropped);
        if (record.Settled is { } letter) Settle(letter);
        if (record.Alert is { } alert) alerts[alert.Key] = alert;
        if (record.AlertGone is { } gone) alerts.Remove(gone);
        if (record.Ended is { } over) End(over);
        if (record.DigestName is { } name)
        {
            if (record.Digest is { } digest) digests[name] = digest;
            else digests.Remove(name);
        }

        if (record.Link is { } link) Keep(link);
        // May go back: a journal that lost its end by a power cut, or was begun anew, counts from less again.
        if (record.MessagesUpTo is { } upTo) MessagesUpTo = upTo;
        foreach (var key in record.Keys ?? []) Remember(key);
    }

    /// <summary>The fewest records that lead to this state.</summary>
    public IEnumerable<OutboxRecord> Essence(DateTimeOffset now)
    {
        foreach (var chunk in keyOrder.Chunk(1_000)) yield return new() { Keys = ValueArray.From(chunk) };
        foreach (var alert in ended) yield return new() { Ended = alert };
        foreach (var letter in delivered) yield return new() { Settled = letter };
        foreach (var letter in dead) yield return new() { Settled = letter };
        foreach (var alert in alerts.Values) yield return new() { Alert = alert };
        foreach (var (name, digest) in digests) yield return new() { DigestName = name, Digest = digest };
        foreach (var hash in linkOrder)
            if (links.TryGetValue(hash, out var link) && link.ExpiresAt > now) yield return new() { Link = link };
        if (MessagesUpTo > 0) yield return new() { MessagesUpTo = MessagesUpTo };
        foreach (var entry in Waiting) yield return new() { Waits = entry };
    }

    private void Settle(OutboxLetter letter)
    {
        waiting.Remove(letter.Key);
        Remember(letter.Key);
        if (letter.Delivered)
        {
            delivered.Enqueue(letter);
            if (delivered.Count > limits.History) delivered.Dequeue();
            return;
        }

        dead.RemoveAll(one => one.Key == letter.Key);
        dead.Add(letter);
        if (dead.Count > limits.Dead) dead.RemoveAt(0);
    }

    private void End(Alert alert)
    {
        // One that begins again and ends again is one line, with its newest end.
        ended.RemoveAll(one => one.Id == alert.Id);
        ended.Add(alert);
        if (ended.Count > limits.History) ended.RemoveAt(0);
    }

    private void Keep(AcknowledgementLink link)
    {
        if (!links.ContainsKey(link.Hash)) linkOrder.Enqueue(link.Hash);
        links[link.Hash] = link;
        while (linkOrder.Count > limits.Keys) links.Remove(linkOrder.Dequeue());
    }

    private void Remember(string key)
    {
        if (!keys.Add(key)) return;
        keyOrder.Enqueue(key);
        if (keyOrder.Count > limits.Keys) keys.Remove(keyOrder.Dequeue());
    }
}
