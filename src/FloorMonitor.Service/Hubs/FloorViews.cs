using System.Collections.Concurrent;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Wire;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Hubs;

/// <summary>The newest view of the floor, made when somebody looks, and the differences that lead to it, each computed once.</summary>
internal sealed class FloorViews(FloorBoard board, IFloorStore store, DeskNotes notes, TimeProvider time)
{
    private readonly Lock gate = new();
    private WireView newest = WireView.Empty;
    private Ways ways = new(WireView.Empty);

    /// <summary>The newest view, brought up to date.</summary>
    public WireView Current()
    {
        lock (gate)
        {
            var next = newest.Next(board.State, board.Rules, store.Health, notes.All, time.GetUtcNow());
            newest = next;
            if (next.Version != ways.To.Version) ways = new(next);
            return next;
        }
    }

    /// <summary>
    /// What leads from a view that somebody has to a newer one. Screens at the same version share it; only the ways to the
    /// newest view are kept, so a thousand slow screens cost one difference a version among them, and nothing is kept for long.
    /// </summary>
    public WireDelta Between(WireView from, WireView to)
    {
        if (from.Version == to.Version) return new(from.Version, to.Version, to.Snapshot.At);
        var known = Volatile.Read(ref ways);
        return known.To.Version == to.Version
            ? known.From.GetOrAdd(from.Version, _ => new(() => WireDeltas.Between(from.Snapshot, to.Snapshot))).Value
            : WireDeltas.Between(from.Snapshot, to.Snapshot);
    }

    private sealed record Ways(WireView To)
    {
        public ConcurrentDictionary<long, Lazy<WireDelta>> From { get; } = new();
    }
}
