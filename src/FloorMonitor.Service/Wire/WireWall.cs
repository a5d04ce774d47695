using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Wire;

/// <summary>A wall's setting, as its page is told it: with its snapshot, and by <c>GET /api/walls/NAME</c>.</summary>
internal sealed record WireWall(
    string Name,
    string? Title,
    string? Language,
    bool Names,
    IReadOnlyList<string> Teams,
    IReadOnlyList<string> Queues,
    IReadOnlyList<WireWallPage> Pages,
    long FlashAfterMs,
    WireWallSounds? Sounds,
    WireDaySpan? Night)
{
    public static WireWall Of(WallSetup wall) => new(
        wall.Name,
        wall.Title,
        wall.Language,
        wall.Names,
        [.. wall.Teams],
        [.. wall.Queues],
        [.. wall.Pages.Select(page => new WireWallPage(page.Show, (long)page.For.TotalMilliseconds))],
        (long)wall.FlashAfter.TotalMilliseconds,
        wall.Sounds is { } sounds ? new([.. sounds.On], sounds.Volume, [.. sounds.Quiet.Select(Of)]) : null,
        wall.Night is { } night ? Of(night) : null);

    private static WireDaySpan Of(DaySpan span) => new($"{span.From:hh\\:mm}", $"{span.To:hh\\:mm}");
}

internal sealed record WireWallPage(string Show, long ForMs);

internal sealed record WireWallSounds(IReadOnlyList<string> On, int Volume, IReadOnlyList<WireDaySpan> Quiet);

/// <summary>A part of every day, local times as <c>HH:mm</c>.</summary>
internal sealed record WireDaySpan(string From, string To);
