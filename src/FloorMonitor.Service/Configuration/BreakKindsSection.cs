using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary>
/// <c>breakKinds</c>: which pause reasons mean which kind of break. A kind that is named replaces the house's own of that
/// name; the others stay, but a reason that the file gives to another kind is taken from them.
/// </summary>
internal static class BreakKindsSection
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public static IReadOnlyList<BreakKindSetup> Read(YamlSection floor)
    {
        if (floor.Section("breakKinds") is not { } section) return [.. FloorSetup.Default.Breaks];
        var given = section.Keys.Where(kind => kind.Length > 0).Select(kind => ReadKind(section, kind)).OfType<BreakKindSetup>().ToList();
        section.Close();
        foreach (var (index, kind) in given.Index())
        {
            foreach (var reason in kind.Reasons)
            {
                if (given.Take(index).FirstOrDefault(other => Has(other, reason)) is { } other)
                    section.Error(kind.Kind, $"the reason \"{reason}\" already means {other.Kind}");
            }
        }

        var kept = FloorSetup.Default.Breaks
            .Where(own => given.All(kind => kind.Kind != own.Kind))
            .Select(own => own with { Reasons = ValueArray.From(own.Reasons.Where(reason => !given.Any(kind => Has(kind, reason)))) });
        return [.. given, .. kept];
    }

    private static BreakKindSetup? ReadKind(YamlSection section, string kind)
    {
        if (kind == Break.OtherKind)
        {
            section.Find(kind);
            section.Error(kind, "means the reasons that are no kind of break; choose another name");
            return null;
        }

        if (section.Section(kind) is not { } given)
        {
            section.Error(kind, "must hold reasons, and a limit if there is one");
            return null;
        }

        var reasons = given.Texts("reasons");
        var limit = given.Duration("limit", TimeSpan.FromSeconds(1), Longest);
        given.Close();
        // A kind without reasons of its own is meant by its name.
        return new(kind, reasons.Count == 0 ? [kind] : ValueArray.From(reasons), limit);
    }

    private static bool Has(BreakKindSetup kind, string reason) => kind.Reasons.Any(other => other.Equals(reason, StringComparison.OrdinalIgnoreCase));
}
