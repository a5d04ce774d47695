using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace FloorMonitor.Core.Floor;

/// <summary>
/// An immutable list that is equal to another when its elements are. Records compare their members by value, and
/// <see cref="ImmutableArray{T}"/> compares by reference; without this, two folds of the same journal would be "different".
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
[CollectionBuilder(typeof(ValueArray), nameof(ValueArray.Create))]
public readonly struct ValueArray<T> : IEquatable<ValueArray<T>>, IReadOnlyList<T>
{
    private readonly T[]? items;

    internal ValueArray(T[] items) => this.items = items;

    /// <summary>How many elements there are.</summary>
    public int Count => items?.Length ?? 0;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The element at a position.</summary>
    /// <exception cref="IndexOutOfRangeException">The position is not below <see cref="Count"/>.</exception>
    public T this[int index] => (items ?? [])[index];

    /// <summary>The elements as a span, for loops that must not allocate.</summary>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>A copy with one element more at the end.</summary>
    public ValueArray<T> Add(T item) => new([.. AsSpan(), item]);

    /// <summary>A copy with the element at a position exchanged.</summary>
    public ValueArray<T> SetItem(int index, T item)
    {
        var copy = AsSpan().ToArray();
        copy[index] = item;
        return new(copy);
    }

    /// <summary>A copy without the element at a position.</summary>
    public ValueArray<T> RemoveAt(int index) => new([.. AsSpan()[..index], .. AsSpan()[(index + 1)..]]);

    /// <summary>The first position whose element satisfies a condition; -1 where none does.</summary>
    public int FindIndex<TArg>(TArg arg, Func<T, TArg, bool> match)
    {
        var span = AsSpan();
        for (var i = 0; i < span.Length; i++)
            if (match(span[i], arg)) return i;
        return -1;
    }

    /// <inheritdoc/>
    public bool Equals(ValueArray<T> other)
    {
        if (ReferenceEquals(items, other.items)) return true;
        if (Count != other.Count) return false;
        var comparer = EqualityComparer<T>.Default;
        for (var i = 0; i < Count; i++)
            if (!comparer.Equals(items![i], other.items![i])) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in AsSpan()) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();

    /// <summary>Whether two lists hold equal elements in the same order.</summary>
    public static bool operator ==(ValueArray<T> left, ValueArray<T> right) => left.Equals(right);

    /// <summary>Whether two lists differ.</summary>
    public static bool operator !=(ValueArray<T> left, ValueArray<T> right) => !left.Equals(right);
}

/// <summary>Makes <see cref="ValueArray{T}"/>s; also what a collection expression <c>[a, b]</c> calls.</summary>
public static class ValueArray
{
    /// <summary>A list of these elements.</summary>
    public static ValueArray<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? default : new(items.ToArray());

    /// <summary>A list of these elements.</summary>
    public static ValueArray<T> From<T>(IEnumerable<T> items) => Create<T>([.. items]);
}
