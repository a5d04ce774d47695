using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FloorMonitor.HouseRules.Tests.Checks;

/// <summary>What a built assembly leans on: what the compiler wrote down, whatever the source called it.</summary>
public sealed class AssemblyCheck
{
    private AssemblyCheck(IReadOnlyList<string> assemblies, IReadOnlyList<string> types, IReadOnlyList<string> members)
    {
        Assemblies = assemblies;
        Types = types;
        Members = members;
    }

    /// <summary>Names of the assemblies that it refers to.</summary>
    public IReadOnlyList<string> Assemblies { get; }

    /// <summary>Full names of the types of others that it uses.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Members of others that it uses, as <c>Namespace.Type.Member</c>.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>Reads an assembly.</summary>
    public static AssemblyCheck Of(string path) => Of(File.OpenRead(path));

    /// <summary>Reads an assembly and closes the stream.</summary>
    public static AssemblyCheck Of(Stream stream)
    {
        using var file = new PEReader(stream);
        var reader = file.GetMetadataReader();
        string TypeName(TypeReferenceHandle handle)
        {
            var type = reader.GetTypeReference(handle);
            var name = reader.GetString(type.Name);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{TypeName((TypeReferenceHandle)type.ResolutionScope)}+{name}"
                : $"{reader.GetString(type.Namespace)}.{name}";
        }

        return new(
            [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal)],
            [.. reader.TypeReferences.Select(TypeName).Order(StringComparer.Ordinal)],
            [.. reader.MemberReferences.Select(reader.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => $"{TypeName((TypeReferenceHandle)member.Parent)}.{reader.GetString(member.Name)}")
                .Order(StringComparer.Ordinal)]);
    }

    /// <summary>What of it a pure project may not use: only values, collections, text and arithmetic are allowed.</summary>
    public IEnumerable<string> Impurities()
    {
        foreach (var type in Types)
        {
            var outer = type.Split('+')[0];
            var space = outer[..outer.LastIndexOf('.')];
            if (!s_pureSpaces.Contains(space) || s_impureTypes.Contains(outer)) yield return $"uses {type}";
        }

        foreach (var member in Members.Where(IsImpure)) yield return $"uses {member}";
    }

    // An iterator that the compiler writes asks which thread it is on; whatever else the environment says is the machine's.
    private static bool IsImpure(string member) =>
        s_impureMembers.Contains(member)
        || (member.StartsWith("System.Environment.", StringComparison.Ordinal) && member != "System.Environment.get_CurrentManagedThreadId");

    private static readonly HashSet<string> s_pureSpaces = new(StringComparer.Ordinal)
    {
        "System", "System.Collections", "System.Collections.Generic", "System.Collections.Immutable", "System.Collections.Frozen",
        "System.Collections.ObjectModel", "System.Linq", "System.Text", "System.Text.RegularExpressions", "System.Globalization", "System.Buffers", "System.Numerics",
        "System.Diagnostics", "System.Diagnostics.CodeAnalysis", "System.ComponentModel", "System.Reflection",
        "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Runtime.Versioning",
    };

    private static readonly HashSet<string> s_impureTypes = new(StringComparer.Ordinal)
    {
        "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Diagnostics.Process", "System.Console",
        "System.Random", "System.Diagnostics.Activity", "System.TimeZone",
    };

    private static readonly HashSet<string> s_impureMembers = new(StringComparer.Ordinal)
    {
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.TimeZoneInfo.get_Local",
    };
}
