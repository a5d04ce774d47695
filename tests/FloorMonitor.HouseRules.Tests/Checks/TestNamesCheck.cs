using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FloorMonitor.HouseRules.Tests.Checks;

/// <summary>A test is a sentence about behaviour, in a class whose name ends with Tests; it runs, and it can fail.</summary>
public static class TestNamesCheck
{
    private const int FewestWords = 3;

    /// <summary>What of a test file is against it.</summary>
    public static IEnumerable<string> In(Source source)
    {
        foreach (var method in source.Root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            var attributes = method.AttributeLists.SelectMany(list => list.Attributes).ToList();
            if (!attributes.Any(IsTest)) continue;
            var name = method.Identifier.ValueText;
            if (name.Split('_', StringSplitOptions.RemoveEmptyEntries).Length < FewestWords)
                yield return source.At(method.Identifier, $"'{name}' is no sentence");
            if (attributes.SelectMany(attribute => attribute.ArgumentList?.Arguments ?? []).Any(argument => argument.NameEquals?.Name.Identifier.ValueText is "Skip" or "Explicit" or "SkipWhen" or "SkipUnless"))
                yield return source.At(method.Identifier, $"'{name}' does not run");
            // An abstract suite that several switches share is named for what it is about; its subclasses carry the suffix.
            if (method.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && !type.Identifier.ValueText.EndsWith("Tests", StringComparison.Ordinal))
                yield return source.At(type.Identifier, $"'{type.Identifier.ValueText}' holds tests and does not end with Tests");
        }

        foreach (var call in source.Root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            if (call.ToString() is "Assert.True(true)" or "Assert.False(false)" or "Assert.Skip()" || call.Expression.ToString().StartsWith("Assert.Skip", StringComparison.Ordinal))
                yield return source.At(call, $"{call} cannot fail");
    }

    private static bool IsTest(AttributeSyntax attribute)
    {
        var name = attribute.Name.ToString();
        return name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal);
    }
}
