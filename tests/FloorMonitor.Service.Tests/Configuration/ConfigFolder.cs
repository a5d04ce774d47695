using System.Text;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Tests.Configuration;

/// <summary>A configuration folder of a test, gone with it.</summary>
internal sealed class ConfigFolder : IDisposable
{
    public const string Least = "pbxs:\n  - {name: pbx, kind: simulated}\n";

    public string Path { get; } = Directory.CreateTempSubdirectory("floor-config-").FullName;

    public ConfigFolder Floor(string yaml) => Write(FloorFile.Name, yaml);

    public ConfigFolder Agents(string csv) => Write(AgentsFile.Name, csv);

    public ConfigFolder Rules(string yaml) => Write(RulesFile.Name, yaml);

    public ConfigFolder Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public ConfigFolder Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, name), bytes);
        return this;
    }

    /// <summary>When it is read: 07:33:20 in Shanghai.</summary>
    public static DateTimeOffset ReadAt { get; } = new(2026, 11, 22, 23, 33, 20, TimeSpan.Zero);

    public ConfigResult Load(params (string Name, string Value)[] environment) =>
        ConfigLoader.Load(Path, name => environment.FirstOrDefault(variable => variable.Name == name).Value, ReadAt);

    /// <summary>The errors as they are said, the folder left out.</summary>
    public IReadOnlyList<string> Errors(params (string Name, string Value)[] environment) =>
        [.. Load(environment).Errors.Select(error => error.ToString().Replace(Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
