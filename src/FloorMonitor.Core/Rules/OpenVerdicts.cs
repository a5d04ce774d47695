using System.Collections.Immutable;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// The open verdicts with an index by whom they concern, so that judging an agent of whom nothing is open costs one look-up.
/// Persistent: a change makes a new one and leaves the old one as it was.
/// </summary>
internal sealed class OpenVerdicts
{
    private readonly ImmutableDictionary<string, ValueArray<Verdict>> bySubject;

    private OpenVerdicts(ImmutableDictionary<string, Verdict> byId, ImmutableDictionary<string, ValueArray<Verdict>> bySubject)
    {
        ById = byId;
        this.bySubject = bySubject;
    }

    /// <summary>The verdicts as the state holds them.</summary>
    public ImmutableDictionary<string, Verdict> ById { get; }

    /// <summary>Indexes a state's verdicts.</summary>
    public static OpenVerdicts Of(ImmutableDictionary<string, Verdict> verdicts)
    {
        var index = ImmutableDictionary.CreateBuilder<string, ValueArray<Verdict>>();
        // In the order of their ids: a dictionary's own order differs from one process to the next.
        foreach (var verdict in verdicts.Values.OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            var key = KeyOf(verdict);
            index[key] = index.GetValueOrDefault(key).Add(verdict);
        }

        return new(verdicts, index.ToImmutable());
    }

    /// <summary>What is open about a subject: an agent's id also finds what the floor owes that agent.</summary>
    public ValueArray<Verdict> About(string subject) => bySubject.TryGetValue(subject, out var found) ? found : default;

    /// <summary>With this verdict, in the place of the one with its id.</summary>
    public OpenVerdicts With(Verdict verdict)
    {
        var key = KeyOf(verdict);
        var those = About(key);
        var at = those.FindIndex(verdict.Id, static (one, id) => one.Id == id);
        return new(ById.SetItem(verdict.Id, verdict), bySubject.SetItem(key, at < 0 ? those.Add(verdict) : those.SetItem(at, verdict)));
    }

    /// <summary>Without this verdict.</summary>
    public OpenVerdicts Without(Verdict verdict)
    {
        var key = KeyOf(verdict);
        var those = About(key);
        var at = those.FindIndex(verdict.Id, static (one, id) => one.Id == id);
        if (at < 0) return this;
        those = those.RemoveAt(at);
        return new(ById.Remove(verdict.Id), those.IsEmpty ? bySubject.Remove(key) : bySubject.SetItem(key, those));
    }

    private static string KeyOf(Verdict verdict) => verdict.Concerns ?? verdict.Subject.Id;
}
