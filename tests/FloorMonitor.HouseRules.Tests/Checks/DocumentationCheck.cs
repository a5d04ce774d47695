using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FloorMonitor.HouseRules.Tests.Checks;

/// <summary>A public type of src says what it is.</summary>
public static class DocumentationCheck
{
    /// <summary>What of a file of src is against it.</summary>
    public static IEnumerable<string> In(Source source) =>
        from type in source.Root.DescendantNodes().OfType<MemberDeclarationSyntax>()
        where type is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
        where type.Modifiers.Any(SyntaxKind.PublicKeyword)
        where !type.GetLeadingTrivia().Any(trivia => trivia.GetStructure() is DocumentationCommentTriviaSyntax)
        // Of a partial type one part is enough; the compiler holds the rest (CS1591).
        where !type.Modifiers.Any(SyntaxKind.PartialKeyword)
        select source.At(type, "a public type without a word about it");
}
