using CsvHelper;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary>agents.csv: who the floor's people are and how the PBX addresses them.</summary>
internal static class AgentsFile
{
    public const string Name = "agents.csv";

    private static readonly string[] Columns = ["id", "name", "team", "interface", "pin", "grade"];

    /// <summary>Reads it. A file from a Chinese spreadsheet is often GB18030: it is accepted, and said.</summary>
    /// <param name="file">The file, as it is named in errors.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="teams">The teams of floor.yaml; none: every team named here is one.</param>
    /// <param name="errors">What is wrong.</param>
    /// <param name="remarks">What is unusual.</param>
    /// <param name="pins">Takes up the PINs.</param>
    public static IReadOnlyList<AgentSetup> Read(string file, byte[] content, ValueArray<TeamSetup> teams, ConfigErrors errors, List<string> remarks, PinBook pins)
    {
        if (CsvText.Decode(file, content, errors, remarks) is not { } text) return [];
        using var csv = CsvReader.FromText(text, CsvText.Options);
        var agents = new List<AgentSetup>();
        try
        {
            if (!csv.Read() || Header(file, csv, errors) is not { } columns) return [];
            var width = csv.FieldCount;
            while (csv.Read())
            {
                if (csv.FieldCount > width) errors.Add(file, csv.LineNumber, 0, "", $"has {csv.FieldCount} fields, but the first line names {width} columns");
                if (Line(file, csv, columns, agents, errors, pins) is not { } agent) continue;
                agents.Add(agent);
                if (agent.Team is { } team && !teams.IsEmpty && teams.All(known => known.Id != team))
                    errors.Add(file, csv.LineNumber, 0, "team", $"\"{team}\" is not among the teams of {FloorFile.Name}{NearestKey.Suggest(team, teams.Select(known => known.Id))}");
            }
        }
        catch (CsvFormatException wrong)
        {
            errors.Add(file, wrong.LineNumber, 0, "", "cannot be read from here on: a quotation mark is out of place, or the line is far too long");
        }

        return agents;
    }

    private static Dictionary<string, int>? Header(string file, CsvReader csv, ConfigErrors errors)
    {
        var columns = CsvText.Header(file, csv, Columns, errors);
        if (columns.ContainsKey("id") && columns.ContainsKey("interface")) return columns;
        errors.Add(file, csv.LineNumber, 0, "", "the first line must name the columns, separated by commas: id,name,team,interface,pin");
        return null;
    }

    private static AgentSetup? Line(string file, CsvReader csv, Dictionary<string, int> columns, List<AgentSetup> before, ConfigErrors errors, PinBook pins)
    {
        if (csv.FieldCount == 1 && csv.GetString(0).Length == 0) return null;
        string Field(string column) => columns.TryGetValue(column, out var index) && index < csv.FieldCount ? csv.GetString(index) : "";
        void Error(string column, string message) => errors.Add(file, csv.LineNumber, 0, column, message);
        var (id, address, pin) = (Field("id"), Field("interface"), Field("pin"));
        if (id.Length is 0 or > 64 || id.Any(char.IsControl)) Error("id", "must be 1 to 64 characters");
        else if (before.Any(other => other.Id == id)) Error("id", $"\"{id}\" stands twice");
        if (address.Length is > 128 || address.Any(char.IsControl)) Error("interface", "must be at most 128 characters");
        else if (address.Length > 0 && before.FirstOrDefault(other => other.Address.Equals(address, StringComparison.OrdinalIgnoreCase)) is { } other)
            Error("interface", $"\"{address}\" is already {other.Id}'s");
        if (pin.Length > 0 && (pin.Length is < 4 or > 12 || !pin.All(char.IsAsciiDigit))) Error("pin", "must be 4 to 12 digits, or empty");
        else if (pin.Length > 0) pins.Add(id, pin);
        var grade = Grades.Of(Field("grade"));
        if (grade is null && Field("grade").Length > 0) Error("grade", $"\"{Field("grade")}\" is not trainee, C, B or A, or empty");
        var name = Field("name");
        return new(id, name.Length == 0 ? id : name, Field("team") is { Length: > 0 } team ? team : null, address) { Grade = grade };
    }
}
