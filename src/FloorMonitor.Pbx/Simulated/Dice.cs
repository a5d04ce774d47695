namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// Chance from a seed (SplitMix64). Written out here, because a seed in a failing test's message has to give the same floor
/// on every runtime and version, which the framework's generator does not promise.
/// </summary>
internal sealed class Dice
{
    private readonly ulong _seed;
    private ulong _state;

    public Dice(ulong seed) => _seed = _state = seed;

    /// <summary>A generator of its own for one part of the floor, so that more traffic in one queue does not change another's.</summary>
    public Dice Branch(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name) hash = (hash ^ c) * 1099511628211UL;
        return new Dice(_seed ^ hash);
    }

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>In [0, 1).</summary>
    public double Share() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Share() < probability;

    /// <summary>In [0, count).</summary>
    public int Below(int count) => (int)(NextBits() % (ulong)count);

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    public TimeSpan Between(TimeSpan from, TimeSpan until) => from + ((until - from) * Share());

    /// <summary>Time to the next of events that come independently (Poisson arrivals).</summary>
    public TimeSpan Exponential(TimeSpan mean) => mean * -Math.Log(1.0 - Share());

    /// <summary>Handle times: most are short, a few very long. The median is given; the mean is median × e^(spread²/2).</summary>
    public TimeSpan LogNormal(TimeSpan median, double spread)
    {
        var normal = Math.Sqrt(-2.0 * Math.Log(1.0 - Share())) * Math.Cos(2.0 * Math.PI * Share());
        return median * Math.Exp(spread * normal);
    }

    /// <summary>An id of the form that Asterisk gives to bridges.</summary>
    public string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextBits());
        BitConverter.TryWriteBytes(bytes[8..], NextBits());
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString("D");
    }
}
