using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FloorMonitor.HouseRules.Tests.Checks;

/// <summary>Whoever catches everything says why: a filter that names the types, a throw at its end, or a comment at the catch.</summary>
public static class CatchCheck
{
    /// <summary>What of a file is against it.</summary>
    public static IEnumerable<string> In(Source source) =>
        from clause in source.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        let type = clause.Declaration?.Type.ToString()
        where type is null or "Exception" or "System.Exception"
        where !LooksAtIt(clause)
        where !GoesOn(clause) && !IsExplained(clause)
        select source.At(clause, "catches everything without saying why");

    // A filter chooses when it looks at what was thrown; one that looks at something else lets everything in.
    private static bool LooksAtIt(CatchClauseSyntax clause) =>
        clause.Declaration?.Identifier.ValueText is { Length: > 0 } name
        && clause.Filter?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == name) == true;

    // What cleans up and throws on hides nothing.
    private static bool GoesOn(CatchClauseSyntax clause) => clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax;

    // A reason is a sentence, not a word.
    private static bool IsExplained(CatchClauseSyntax clause) =>
        clause.DescendantTrivia(descendIntoTrivia: true)
            .Concat(clause.GetFirstToken().GetPreviousToken().TrailingTrivia)
            .Any(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia && trivia.ToString().Length >= 15);
}
