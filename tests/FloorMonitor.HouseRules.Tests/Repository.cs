using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FloorMonitor.HouseRules.Tests;

/// <summary>The files of the house as they lie on disk: those that git tracks or would track.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file of the house, relative to <see cref="Root"/>, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    /// <summary>The C# files under a folder.</summary>
    public static IEnumerable<Source> Sources(params string[] folders) =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)))
            .Select(file => new Source(file, Read(file)));

    /// <summary>The text of a file.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The built assembly of a project of src, of the same configuration as this test.</summary>
    public static string AssemblyOf(string project)
    {
        // …/tests/FloorMonitor.HouseRules.Tests/bin/Debug/net10.0 tells configuration and framework.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(Root, "src", project, "bin", here.Parent!.Name, here.Name, project + ".dll");
        Assert.True(File.Exists(path), $"{path} is not built");
        return path;
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // The build may map paths; the running assembly's own place is tried first.
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) ?? "/" })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "FloorMonitor.sln"))) return folder.FullName;
        throw new InvalidOperationException("FloorMonitor.sln was not found above the tests.");
    }

    private static List<string> ListFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        var found = files.Where(file => File.Exists(Path.Combine(Root, file))).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("FloorMonitor.sln", found);
        return found;
    }
}

/// <summary>A C# file, parsed.</summary>
public sealed class Source(string path, string text)
{
    private readonly Lazy<SyntaxTree> _tree = new(() => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path));

    /// <summary>Where it lies.</summary>
    public string Path { get; } = path;

    /// <summary>Its text.</summary>
    public string Text { get; } = text;

    /// <summary>Its syntax.</summary>
    public SyntaxNode Root => _tree.Value.GetRoot();

    /// <summary>A finding at a place in it.</summary>
    public string At(SyntaxNodeOrToken place, string what) => $"{Path}:{place.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1}: {what}";

    /// <summary>A snippet for a check's own test.</summary>
    public static Source Of(string text, string path = "src/FloorMonitor.Core/Snippet.cs") => new(path, text);
}

/// <summary>How findings are reported.</summary>
public static class Findings
{
    /// <summary>Fails with all findings, each on its line.</summary>
    public static void None(IEnumerable<string> found)
    {
        var list = found.ToList();
        Assert.True(list.Count == 0, $"{list.Count} against the house's rules:\n{string.Join('\n', list)}");
    }
}
