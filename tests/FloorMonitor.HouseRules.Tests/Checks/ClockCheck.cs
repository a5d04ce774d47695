using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FloorMonitor.HouseRules.Tests.Checks;

/// <summary>Time is input: nobody reads the machine's clock but through a TimeProvider, and nobody sleeps.</summary>
public static partial class ClockCheck
{
    // Each has overloads that run on the machine's clock unless told otherwise.
    private static readonly HashSet<string> s_rxTime = new(StringComparer.Ordinal)
    {
        "Throttle", "Timeout", "Delay", "DelaySubscription", "Sample", "Interval", "Timer", "Timestamp", "TimeInterval",
    };

    /// <summary>What of a file is against it.</summary>
    public static IEnumerable<string> In(Source source)
    {
        var usesRx = source.Text.Contains("using System.Reactive", StringComparison.Ordinal);
        foreach (var access in source.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            var owner = access.Expression.ToString().Split('.')[^1];
            var name = access.Name.Identifier.ValueText;
            if (owner is "DateTime" or "DateTimeOffset" && name is "Now" or "UtcNow" or "Today")
                yield return source.At(access, $"{owner}.{name} reads the machine's clock; take a TimeProvider");
            else if (owner is "Thread" && name is "Sleep")
                yield return source.At(access, "Thread.Sleep");
            else if (owner is "Task" && name is "Delay" && !HasProvider(access))
                yield return source.At(access, "Task.Delay without a TimeProvider");
            else if (usesRx && owner is not "Task" && access.Parent is InvocationExpressionSyntax call && IsRxTime(name, call))
                yield return source.At(access, $"the Rx time operator {name}; time enters as events");
        }

        if (source.Path.StartsWith("tests/FloorMonitor.Benchmarks/", StringComparison.Ordinal)) yield break;
        foreach (var token in source.Root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == "Stopwatch"))
            yield return source.At(token, "Stopwatch; TimeProvider.GetTimestamp does it in a test's reach");
    }

    private static bool HasProvider(MemberAccessExpressionSyntax delay) =>
        delay.Parent is InvocationExpressionSyntax call
        && call.ArgumentList.Arguments.Skip(1).Any(argument => ProviderName().IsMatch(argument.ToString()));

    private static bool IsRxTime(string name, InvocationExpressionSyntax call) =>
        s_rxTime.Contains(name)
        || (name is "Buffer" or "Window" && call.ArgumentList.Arguments.Any(argument => argument.ToString().Contains("TimeSpan", StringComparison.Ordinal)));

    [GeneratedRegex("time|clock|provider", RegexOptions.IgnoreCase)]
    private static partial Regex ProviderName();
}
