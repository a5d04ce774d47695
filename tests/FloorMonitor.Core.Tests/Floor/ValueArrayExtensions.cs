using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

internal static class ValueArrayExtensions
{
    /// <summary>As an array, for assertions on collections.</summary>
    public static T[] ToArrayForTest<T>(this ValueArray<T> items) => items.AsSpan().ToArray();
}
