using System.Globalization;
using CsvHelper;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary>The rows of roster.csv, read one after the other: what is wrong with one is told with its line and costs that row only.</summary>
internal sealed class RosterRows(string file, FloorSetup setup, ConfigErrors errors)
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy/M/d"];

    private static readonly Dictionary<string, RosterStatus> Statuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["work"] = RosterStatus.Work,
        ["leave"] = RosterStatus.Leave,
        ["swap"] = RosterStatus.Swap,
        ["overtime"] = RosterStatus.Overtime,
        ["training"] = RosterStatus.Training,
    };

    private static readonly Dictionary<string, RosterStatus> StatusesZh = new(StringComparer.Ordinal)
    {
        ["上班"] = RosterStatus.Work,
        ["请假"] = RosterStatus.Leave,
        ["换班"] = RosterStatus.Swap,
        ["加班"] = RosterStatus.Overtime,
        ["培训"] = RosterStatus.Training,
    };

    private static readonly Dictionary<string, DayOfWeek?> Standing = new(StringComparer.OrdinalIgnoreCase)
    {
        ["daily"] = null,
        ["每天"] = null,
        ["monday"] = DayOfWeek.Monday,
        ["周一"] = DayOfWeek.Monday,
        ["tuesday"] = DayOfWeek.Tuesday,
        ["周二"] = DayOfWeek.Tuesday,
        ["wednesday"] = DayOfWeek.Wednesday,
        ["周三"] = DayOfWeek.Wednesday,
        ["thursday"] = DayOfWeek.Thursday,
        ["周四"] = DayOfWeek.Thursday,
        ["friday"] = DayOfWeek.Friday,
        ["周五"] = DayOfWeek.Friday,
        ["saturday"] = DayOfWeek.Saturday,
        ["周六"] = DayOfWeek.Saturday,
        ["sunday"] = DayOfWeek.Sunday,
        ["周日"] = DayOfWeek.Sunday,
    };

    private readonly HashSet<string> agents = setup.Agents.Select(agent => agent.Id).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, ShiftSetup> shifts = setup.Shifts.ToDictionary(shift => shift.Name, StringComparer.Ordinal);
    private readonly List<ShiftSetup> spelledOut = [];
    private readonly List<RosterLine> lines = [];
    private readonly Dictionary<(string Agent, DateOnly? Date, DayOfWeek? Weekday), List<(RosterLine Line, long At)>> days = [];

    /// <summary>How many rows were read, right or wrong.</summary>
    public int Count { get; private set; }

    /// <summary>The rows that are right.</summary>
    public ValueArray<RosterLine> Lines => ValueArray.From(lines);

    /// <summary>The shifts that rows spell out.</summary>
    public ValueArray<ShiftSetup> Shifts => ValueArray.From(spelledOut);

    /// <summary>Reads the row that the reader stands on.</summary>
    public void Read(CsvReader csv, Dictionary<string, int> columns, int width)
    {
        if (csv.FieldCount == 1 && csv.GetString(0).Length == 0) return;
        Count++;
        var at = csv.LineNumber;
        var wrong = csv.FieldCount > width;
        if (wrong) errors.Add(file, at, 0, "", $"has {csv.FieldCount} fields, but the first line names {width} columns");
        string Field(string column) => columns.TryGetValue(column, out var index) && index < csv.FieldCount ? csv.GetString(index) : "";
        var day = ReadDay(Field("date"), at);
        var agent = ReadAgent(Field("agent"), at);
        var status = ReadStatus(Field("status"), at);
        var shift = ReadShift(Field("shift"), status, at);
        var seat = Field("seat");
        if (seat.Length > 64 || seat.Any(char.IsControl))
        {
            errors.Add(file, at, 0, "seat", "must be at most 64 characters");
            return;
        }

        if (wrong || day is null || agent is null || status is null || shift is null) return;
        var line = new RosterLine(day.Value.Date, agent, shift, seat.Length == 0 ? null : AgentDirectory.SeatOf(seat) ?? seat, status.Value) { Weekday = day.Value.Weekday };
        if (!IsDouble(line, at)) lines.Add(line);
    }

    private (DateOnly? Date, DayOfWeek? Weekday)? ReadDay(string text, long at)
    {
        if (DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and < 2200) return (date, null);
        if (Standing.TryGetValue(text, out var weekday)) return (null, weekday);
        Error(at, "date", () => $"\"{Shown(text)}\" is not a date such as 2026-11-25, a weekday such as monday, or daily{Meant(text, Standing.Keys)}");
        return null;
    }

    private string? ReadAgent(string text, long at)
    {
        if (agents.TryGetValue(text, out var agent)) return agent;
        Error(at, "agent", () => $"\"{Shown(text)}\" is not in {AgentsFile.Name}{Meant(text, agents)}");
        return null;
    }

    private RosterStatus? ReadStatus(string text, long at)
    {
        if (text.Length == 0) return RosterStatus.Work;
        if (Statuses.TryGetValue(text, out var status) || StatusesZh.TryGetValue(text, out status)) return status;
        Error(at, "status", () => $"\"{Shown(text)}\" is not one of {string.Join(", ", Statuses.Keys)}{Meant(text, Statuses.Keys)}");
        return null;
    }

    private string? ReadShift(string text, RosterStatus? status, long at)
    {
        if (shifts.TryGetValue(text, out var known)) return known.Name;
        if (text.Length == 0)
        {
            if (status == RosterStatus.Leave) return "";
            Error(at, "shift", () => "is required, but for a whole day of leave");
            return null;
        }

        if (text.IndexOf('-') is var dash and > 0 && char.IsAsciiDigit(text[0])) return SpellOut(text, dash, at);
        Error(at, "shift", () => $"\"{Shown(text)}\" is not among the shifts of {FloorFile.Name}, nor a time such as 19:00-21:00{NearestKey.Suggest(text, setup.Shifts.Select(shift => shift.Name))}");
        return null;
    }

    // A row may say the hours themselves, as overtime does; one that passes midnight says so, so that swapped times are seen.
    private string? SpellOut(string text, int dash, long at)
    {
        const string nextDay = "+1";
        var ends = text[(dash + 1)..];
        var passes = ends.EndsWith(nextDay, StringComparison.Ordinal);
        if (passes) ends = ends[..^nextDay.Length];
        if (TimeOf(text[..dash]) is not { } start || TimeOf(ends) is not { } end)
        {
            Error(at, "shift", () => $"\"{Shown(text)}\" is not a time such as 19:00-21:00, or 22:00-06:00+1 where it ends on the next day");
            return null;
        }

        if (!passes && end <= start)
        {
            Error(at, "shift", () => $"the shift ends before it starts; write {text}{nextDay} if it ends on the next day");
            return null;
        }

        if (passes && end > start)
        {
            Error(at, "shift", () => "the shift is longer than a day");
            return null;
        }

        var shift = new ShiftSetup(text, start, end, []);
        shifts.Add(text, shift);
        spelledOut.Add(shift);
        return text;
    }

    // Two lines of one day of one agent: the same shift twice, or two that cannot both be worked.
    private bool IsDouble(RosterLine line, long at)
    {
        var key = (line.Agent, line.Date, line.Weekday);
        if (!days.TryGetValue(key, out var those)) days.Add(key, those = []);
        foreach (var (other, where) in those)
        {
            if (other.Shift == line.Shift)
            {
                Error(at, "", () => $"{line.Agent} already has this shift on line {where}");
                return true;
            }

            if (Clash(line, other) is not { } clash) continue;
            Error(at, "shift", () => string.Create(CultureInfo.InvariantCulture, $"{clash} on line {where}{Instead(line, other)}"));
            return true;
        }

        those.Add((line, at));
        return false;
    }

    // Leave beside work of the same hours would be judged as work: whoever means part of a shift has to say which part is worked.
    private string? Clash(RosterLine line, RosterLine other)
    {
        var (leaves, left) = (line.Status == RosterStatus.Leave, other.Status == RosterStatus.Leave);
        if (leaves && left) return null;
        if (line.Shift.Length == 0) return $"a whole day of leave, but {line.Agent} works {other.Shift}";
        if (other.Shift.Length == 0) return $"{line.Agent} has the whole day of leave";
        if (!Overlap(shifts[line.Shift], shifts[other.Shift])) return null;
        if (leaves) return $"leave during {other.Shift} of {line.Agent}";
        return left ? $"overlaps the leave {other.Shift} of {line.Agent}" : $"overlaps {other.Shift} of {line.Agent}";
    }

    private static string Instead(RosterLine line, RosterLine other)
    {
        if (line.Shift.Length == 0 || other.Shift.Length == 0) return ": keep one of the two";
        return line.Status == RosterStatus.Leave || other.Status == RosterStatus.Leave ? ": write the hours that are worked instead, such as 13:00-18:00" : "";
    }

    private static bool Overlap(ShiftSetup left, ShiftSetup right) => left.Start < EndOf(right) && right.Start < EndOf(left);

    private static TimeSpan EndOf(ShiftSetup shift) => shift.PassesMidnight ? shift.End + TimeSpan.FromDays(1) : shift.End;

    private static TimeSpan? TimeOf(string text) =>
        TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;

    // The words are made only while there is room for them: a thousand wrong rows must not cost a thousand searches for the nearest name.
    private void Error(long at, string column, Func<string> message)
    {
        if (!errors.IsFull) errors.Add(file, at, 0, column, message());
    }

    private static string Meant(string text, IEnumerable<string> known) => NearestKey.Of(text, known) is { } near ? $"; did you mean \"{near}\"?" : "";

    private static string Shown(string text) =>
        string.Concat((text.Length > 60 ? text[..60] + "…" : text).Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
}
