using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FloorMonitor.HouseRules.Tests.Checks;

/// <summary>Every rule of the handbook has a test file named for it.</summary>
public static class RulesCheck
{
    /// <summary>Ids of the rules that a file of Core declares: records whose base says so and whose Id is a literal.</summary>
    public static IEnumerable<string> IdsIn(Source source) =>
        from type in source.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type is not InterfaceDeclarationSyntax
        where type.BaseList?.Types.Any(named => named.Type.ToString().EndsWith("Rule", StringComparison.Ordinal)) == true
        from property in type.Members.OfType<PropertyDeclarationSyntax>()
        where property.Identifier.ValueText == "Id"
        from literal in property.DescendantNodes().OfType<LiteralExpressionSyntax>()
        select literal.Token.ValueText;

    /// <summary>The rules without a test file: <c>settle-in</c> wants a <c>SettleIn…Tests.cs</c>.</summary>
    public static IEnumerable<string> Untested(IEnumerable<string> ids, IReadOnlyCollection<string> files)
    {
        foreach (var id in ids)
        {
            var name = string.Concat(id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            if (!files.Any(file => IsTestOf(file, name))) yield return $"the rule {id} has no {name}Tests.cs";
        }
    }

    private static bool IsTestOf(string file, string name)
    {
        var last = Path.GetFileName(file);
        return file.StartsWith("tests/FloorMonitor.Core.Tests/", StringComparison.Ordinal)
            && last.StartsWith(name, StringComparison.Ordinal) && last.EndsWith("Tests.cs", StringComparison.Ordinal);
    }
}
