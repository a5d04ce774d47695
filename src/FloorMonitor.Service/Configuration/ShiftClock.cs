using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Configuration;

/// <summary>
/// Times of shifts. On a floor whose PBXs are all simulated they may lie around the moment at which the file was read (<c>now-3h</c>),
/// since such a floor is always in the middle of a shift.
/// </summary>
internal sealed class ShiftClock(string zone, DateTimeOffset? now)
{
    private const string Now = "now";

    // So that the times of the demo read like those of a shift.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>A time of day, <c>HH:mm</c>; or one around now.</summary>
    public TimeSpan? Time(YamlSection section, string key)
    {
        if (section.Find(key) is not YamlDotNet.RepresentationModel.YamlScalarNode { Value: { } text } || !text.StartsWith(Now, StringComparison.Ordinal))
            return section.TimeOfDay(key, isRequired: true);
        if (now is not { } at)
        {
            section.Error(key, "a time around now is for floors whose PBXs are all simulated; write a time of day such as \"09:00\"");
            return null;
        }

        var rest = text[Now.Length..];
        if (rest.Length == 0) return At(at);
        if (rest[0] is '+' or '-' && ParameterText.Duration(rest[1..]) is { } away && away < TimeSpan.FromHours(24)) return At(rest[0] == '+' ? at + away : at - away);
        section.Error(key, "is not a time around now such as now-3h or now+1h30m");
        return null;
    }

    private TimeSpan At(DateTimeOffset at)
    {
        var site = FloorSetup.Default with { TimeZone = zone };
        var local = at - BusinessDay.InstantOf(BusinessDay.LocalDateOf(site, at), TimeSpan.Zero, site);
        return TimeSpan.FromTicks(local.Ticks / Step.Ticks * Step.Ticks % TimeSpan.TicksPerDay);
    }
}
