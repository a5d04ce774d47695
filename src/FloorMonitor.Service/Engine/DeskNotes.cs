using System.Collections.Immutable;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Engine;

/// <summary>Something that the desk should know of the monitor itself (a refused file, a store set aside).</summary>
internal sealed record DeskNote(string Key, Text Text, DateTimeOffset Since);

/// <summary>
/// The notes that stand now, by key. Bounded, because a note may name something from outside: the oldest go when there are
/// more than <see cref="Limit"/>.
/// </summary>
internal sealed class DeskNotes(TimeProvider time)
{
    private const int Limit = 64;

    private readonly Lock gate = new();
    private ImmutableList<DeskNote> notes = [];

    public event Action? Changed;

    /// <summary>The notes, oldest first.</summary>
    public ImmutableList<DeskNote> All => Volatile.Read(ref notes);

    /// <summary>Raises a note; the same words again change nothing.</summary>
    public void Raise(string key, Text text)
    {
        lock (gate)
        {
            var standing = notes.Find(note => note.Key == key);
            if (standing?.Text == text) return;
            var without = standing is null ? notes : notes.Remove(standing);
            if (without.Count >= Limit) without = without.RemoveAt(0);
            Volatile.Write(ref notes, without.Add(new(key, text, time.GetUtcNow())));
        }

        Changed?.Invoke();
    }

    /// <summary>Takes a note away; no note of that key is no news.</summary>
    public void Clear(string key)
    {
        lock (gate)
        {
            var without = notes.RemoveAll(note => note.Key == key);
            if (without.Count == notes.Count) return;
            Volatile.Write(ref notes, without);
        }

        Changed?.Invoke();
    }
}
