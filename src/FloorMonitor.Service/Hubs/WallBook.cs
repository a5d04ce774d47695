using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Hubs;

/// <summary>The walls in force, each with what it lets through. A wall whose setting did not change keeps its lens, and so its screens their place.</summary>
internal sealed class WallBook
{
    private ImmutableDictionary<string, WallLens> lenses = ImmutableDictionary<string, WallLens>.Empty;

    public WallBook(FloorConfig config) => Take(config.Walls);

    /// <summary>The settings changed; whoever listens has its screens looked after.</summary>
    public event Action? Changed;

    /// <summary>The walls there are, by name.</summary>
    public IEnumerable<string> Names => Volatile.Read(ref lenses).Keys.Order(StringComparer.Ordinal);

    /// <summary>What a wall lets through; null where there is no such wall.</summary>
    public WallLens? Find(string name) => Volatile.Read(ref lenses).GetValueOrDefault(name);

    /// <summary>Puts other walls in force.</summary>
    public void Take(ValueArray<WallSetup> walls)
    {
        var before = Volatile.Read(ref lenses);
        // A configuration that was not read from files has the wall that shows everything, too.
        IEnumerable<WallSetup> all = walls.IsEmpty ? [new WallSetup(WallSetup.DefaultName)] : walls;
        Volatile.Write(ref lenses, all.ToImmutableDictionary(
            wall => wall.Name, wall => before.GetValueOrDefault(wall.Name) is { } same && same.Setup == wall ? same : new WallLens(wall), StringComparer.Ordinal));
        Changed?.Invoke();
    }
}
