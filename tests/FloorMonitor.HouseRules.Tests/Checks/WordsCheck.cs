using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FloorMonitor.HouseRules.Tests.Checks;

/// <summary>A switch's own words stop at its translator: Core speaks the floor's.</summary>
public static partial class WordsCheck
{
    /// <summary>What of a file of Core is against it: names that it declares.</summary>
    public static IEnumerable<string> In(Source source) =>
        from token in source.Root.DescendantTokens()
        where token.IsKind(SyntaxKind.IdentifierToken) && Declares(token) && VendorWord().IsMatch(token.ValueText)
        select source.At(token, $"'{token.ValueText}' is a switch's word");

    private static bool Declares(SyntaxToken token) => token.Parent switch
    {
        BaseTypeDeclarationSyntax or MethodDeclarationSyntax or PropertyDeclarationSyntax or ParameterSyntax => true,
        VariableDeclaratorSyntax or EnumMemberDeclarationSyntax or SingleVariableDesignationSyntax => true,
        _ => false,
    };

    // CC… and Ami… only as words of their own (an "Amid" or an "account" is none), so these look at the case.
    [GeneratedRegex("^_?(?i:(state)?interface|membername|memberinterface|unique_?id|linked_?id|destunique_?id|pjsip\\w*)$|^_?(Ami|Esl|CC|Cc)[A-Z]\\w*$")]
    private static partial Regex VendorWord();
}
