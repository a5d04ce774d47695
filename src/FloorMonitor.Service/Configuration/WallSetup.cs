using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary>What one wall shows, and to whose ears it speaks.</summary>
/// <param name="Name">Its address: <c>/wall/NAME</c>; <see cref="DefaultName"/> is what <c>/wall</c> shows.</param>
internal sealed record WallSetup(string Name)
{
    /// <summary>The wall of the address without a name.</summary>
    public const string DefaultName = "default";

    /// <summary>What stands above it; null: the site's name.</summary>
    public string? Title { get; init; }

    /// <summary><c>zh</c> or <c>en</c>; null: the browser's.</summary>
    public string? Language { get; init; }

    /// <summary>Whether people are named. Where not, nothing that names anybody leaves the house for this wall.</summary>
    public bool Names { get; init; } = true;

    /// <summary>The teams that it shows; none: all.</summary>
    public ValueArray<string> Teams { get; init; }

    /// <summary>The queues that it shows; none: all.</summary>
    public ValueArray<string> Queues { get; init; }

    /// <summary>The pages that take turns; none: the overview stands.</summary>
    public ValueArray<WallPage> Pages { get; init; }

    /// <summary>A queue pulses from the moment that somebody has waited this long.</summary>
    public TimeSpan FlashAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What it says aloud; null: nothing.</summary>
    public WallSounds? Sounds { get; init; }

    /// <summary>When it is dimmed, local times; null: never.</summary>
    public DaySpan? Night { get; init; }
}

/// <summary>A page, and how long it stands before the next.</summary>
internal sealed record WallPage(string Show, TimeSpan For);

/// <summary>The verdicts that are heard, how loudly (0 to 100), and when nothing is.</summary>
internal sealed record WallSounds(ValueArray<string> On, int Volume, ValueArray<DaySpan> Quiet);

/// <summary>A part of every day, local times; one that ends before it starts ends on the next day.</summary>
internal sealed record DaySpan(TimeSpan From, TimeSpan To);
