using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Wire;

/// <summary>
/// The strip as it was painted last. It is whole in every difference that has it, so it moves at most every two seconds: enough for
/// half an hour.
/// </summary>
/// <param name="Wire">What leaves the house.</param>
/// <param name="Of">The floor that it shows.</param>
/// <param name="At">The instant that it is true for.</param>
internal sealed record StripView(WireStrip Wire, FloorState Of, DateTimeOffset At)
{
    private static readonly TimeSpan MovesEvery = TimeSpan.FromSeconds(2);

    /// <summary>The strip of the floor of which nothing is known.</summary>
    public static StripView Empty { get; } = new(new(60_000, []), FloorState.Empty, DateTimeOffset.MinValue);

    /// <summary>The next one; the very same where nothing in it differs or it is too young to move.</summary>
    public StripView Next(FloorState floor, DateTimeOffset now)
    {
        var age = now - At;
        var isSame = ReferenceEquals(floor.Queues, Of.Queues) && ReferenceEquals(floor.Feeds, Of.Feeds) && Traffic.MinuteOf(now) == Traffic.MinuteOf(At);
        if (isSame || (age >= TimeSpan.Zero && age < MovesEvery)) return this;
        var next = FloorFigures.Strip(floor, now);
        return new(next.Buckets.SequenceEqual(Wire.Buckets) ? Wire : next, floor, now);
    }
}
