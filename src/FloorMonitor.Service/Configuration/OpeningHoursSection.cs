using FloorMonitor.Core.Floor;
using YamlDotNet.RepresentationModel;

namespace FloorMonitor.Service.Configuration;

/// <summary>
/// <c>openingHours</c>: when the floor is open, and so has a duty supervisor (D3.8): <c>always</c>, or a list of times of day with the
/// weekdays on which they begin. Without it, whenever there is a shift.
/// </summary>
internal static class OpeningHoursSection
{
    private const string Key = "openingHours";

    private static readonly Dictionary<string, DayOfWeek> Days =
        Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static IReadOnlyList<OpeningSpan> Read(YamlSection floor)
    {
        if (floor.Find(Key) is YamlScalarNode)
        {
            if (floor.Text(Key) != "always") floor.Error(Key, "is always, or a list such as [{from: \"08:00\", to: \"22:00\", days: [monday, tuesday]}]");
            return [new(TimeSpan.Zero, TimeSpan.Zero, [])];
        }

        return [.. floor.Sections(Key).Select(ReadSpan).OfType<OpeningSpan>()];
    }

    private static OpeningSpan? ReadSpan(YamlSection section)
    {
        var from = section.TimeOfDay("from", isRequired: true);
        var to = section.TimeOfDay("to", isRequired: true);
        var days = new List<DayOfWeek>();
        foreach (var word in section.Texts("days"))
        {
            if (Days.TryGetValue(word.ToLowerInvariant(), out var day)) days.Add(day);
            else section.Error("days", $"\"{word}\" is no weekday{NearestKey.Suggest(word, Days.Keys)}");
        }

        section.Close();
        return from is null || to is null ? null : new(from.Value, to.Value, ValueArray.From(days.Distinct()));
    }
}
