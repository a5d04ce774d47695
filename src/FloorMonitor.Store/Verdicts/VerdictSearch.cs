using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Store.Verdicts;

/// <summary>Finds verdicts by what a desk asks for.</summary>
internal static class VerdictSearch
{
    /// <summary>The verdicts that a query wants, newest first.</summary>
    public static IReadOnlyList<Verdict> Run(VerdictLog log, VerdictQuery query, DateOnly? today, FloorSetup setup, TimeProvider time)
    {
        if (query.Id is { } id) return log.Find(id, DaysOf(log, id, setup)) is { } found && Fits(found, query) ? [found] : [];
        var date = query.Date ?? (today is { } known && known != default ? known : BusinessDay.Of(setup, time.GetUtcNow()));
        return [.. log.Of(date).Where(verdict => Fits(verdict, query))];
    }

    private static bool Fits(Verdict verdict, VerdictQuery query) =>
        (query.Rule is null || query.Rule == verdict.Rule)
        && (query.Subject is null || query.Subject == verdict.Subject.Id)
        && (query.Open is null || query.Open == (verdict.Status == VerdictStatus.Open));

    /// <summary>
    /// An id ends with the instant of the fact it is about, and the verdict opened then or some hours later: so it lies on that
    /// business day or a neighbour. Only an id of another form is looked for everywhere.
    /// </summary>
    private static IEnumerable<DateOnly> DaysOf(VerdictLog log, string id, FloorSetup setup)
    {
        var all = log.Dates();
        const string form = "yyyyMMdd'T'HHmmss.fff'Z'";
        var instant = id[(id.LastIndexOf(':') + 1)..];
        if (!DateTimeOffset.TryParseExact(instant, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return all;
        var day = BusinessDay.Of(setup, at);
        return all.OrderBy(date => Math.Abs(date.DayNumber - day.DayNumber)).Take(4);
    }
}
