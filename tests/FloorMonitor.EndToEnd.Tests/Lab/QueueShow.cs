using System.Globalization;
using System.Text.RegularExpressions;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>What <c>queue show</c> prints, read back: the other witness, beside the manager's events, of what the switch holds.</summary>
public sealed partial record QueueShow(string Name, int Callers, IReadOnlyList<ShownMember> Members)
{
    /// <summary>Every queue that was shown, by name.</summary>
    public static IReadOnlyDictionary<string, QueueShow> Parse(string output)
    {
        var queues = new Dictionary<string, QueueShow>(StringComparer.Ordinal);
        string? queue = null;
        foreach (var line in output.Split('\n'))
        {
            if (QueueLine().Match(line) is { Success: true } head)
            {
                queue = head.Groups["name"].Value;
                queues[queue] = new(queue, int.Parse(head.Groups["calls"].Value, CultureInfo.InvariantCulture), []);
            }
            else if (queue is not null && MemberLine().Match(line) is { Success: true } member && !CallerLine().IsMatch(line))
            {
                var name = member.Groups["name"].Value;
                var address = member.Groups["address"].Success ? member.Groups["address"].Value : name;
                var rest = member.Groups["rest"].Value;
                var shown = new ShownMember(name, address, rest.Contains("(paused", StringComparison.Ordinal), rest.Contains("(in call)", StringComparison.Ordinal), rest);
                queues[queue] = queues[queue] with { Members = [.. queues[queue].Members, shown] };
            }
        }

        return queues;
    }

    [GeneratedRegex(@"^(?<name>\S+) has (?<calls>\d+) calls ")]
    private static partial Regex QueueLine();

    // "      陈静 (PJSIP/1006) (ringinuse disabled) (dynamic) (paused:meal was 3 secs ago) (Not in use) has taken …"; a member
    // without a name of its own is shown by its address alone.
    [GeneratedRegex(@"^ {6}(?<name>.+?)(?: \((?<address>[A-Za-z]+/[^ ()]+(?: from [^()]+)?)\))?(?<rest> \((?:ringinuse|dynamic|paused|in call|Not in use|In use|Busy|Unavailable|Invalid|Ringing|Ring\+Inuse|On Hold|Unknown|realtime|penalty).*)$")]
    private static partial Regex MemberLine();

    [GeneratedRegex(@"^ {6}\d+\. .*\(wait: ")]
    private static partial Regex CallerLine();
}

/// <summary>One member as shown.</summary>
public sealed record ShownMember(string Name, string Address, bool Paused, bool InCall, string Text);
