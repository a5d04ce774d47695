using System.Globalization;
using System.Text;

namespace FloorMonitor.Pbx.Agi;

/// <summary>One call that waits at the phone's door: what it asks, and the orders that can be given about it, one after the other.</summary>
public sealed class AgiSession
{
    private const int MaxRequestLines = 128;

    // A usage text of 520 is some lines long; more is no answer.
    private const int MaxReplyLines = 64;

    private readonly Stream stream;
    private readonly AgiLines lines;
    private readonly AgiOptions options;
    private readonly TimeProvider time;
    private readonly CancellationToken stop;

    private AgiSession(Stream stream, AgiLines lines, AgiRequest request, AgiOptions options, TimeProvider time, CancellationToken stop)
    {
        (this.stream, this.lines, Request, this.options, this.time, this.stop) = (stream, lines, request, options, time, stop);
    }

    /// <summary>What the dialplan asks.</summary>
    public AgiRequest Request { get; }

    /// <summary>Whether the caller has hung up: variables can still be set, nothing can be said any more.</summary>
    public bool HasHungUp { get; private set; }

    /// <summary>Reads what the switch says first.</summary>
    /// <exception cref="AgiProtocolException">It is no AGI.</exception>
    internal static async Task<AgiSession> OpenAsync(Stream stream, AgiOptions options, TimeProvider time, CancellationToken stop)
    {
        var lines = new AgiLines(stream);
        var said = new List<string>();
        using var limit = new CancellationTokenSource(options.RequestWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        while (await lines.ReadAsync(both.Token) is { } line)
        {
            if (line.Length == 0) return new(stream, lines, new AgiRequest(said), options, time, stop);
            if (said.Count == MaxRequestLines) throw new AgiProtocolException($"The request has more than {MaxRequestLines} lines.");
            said.Add(line);
        }

        throw new AgiProtocolException("The connection ended before the request did.");
    }

    /// <summary>Takes the call, where nobody has yet.</summary>
    public Task<AgiReply> AnswerAsync() => OrderAsync("ANSWER", TimeSpan.Zero);

    /// <summary>Sets a variable of the channel, for the dialplan to go on with.</summary>
    public Task<AgiReply> SetVariableAsync(string name, string value) => OrderAsync($"SET VARIABLE {name} {Quoted(value)}", TimeSpan.Zero);

    /// <summary>Plays a file; one of these digits ends it.</summary>
    public Task<AgiReply> PlayAsync(string file, string digits = "") => OrderAsync($"STREAM FILE {Quoted(file)} {Quoted(digits)}", options.PromptWithin);

    /// <summary>Says a number as the channel's language says it.</summary>
    public Task<AgiReply> SayNumberAsync(int number) =>
        OrderAsync(string.Create(CultureInfo.InvariantCulture, $"SAY NUMBER {number} \"\""), options.PromptWithin);

    /// <summary>Says digits one by one.</summary>
    public Task<AgiReply> SayDigitsAsync(string digits) => OrderAsync($"SAY DIGITS {Quoted(digits)} \"\"", options.PromptWithin);

    /// <summary>Waits for a digit; <see cref="AgiReply.Digit"/> is null when none came in time.</summary>
    public Task<AgiReply> WaitForDigitAsync(TimeSpan within) =>
        OrderAsync(string.Create(CultureInfo.InvariantCulture, $"WAIT FOR DIGIT {(long)within.TotalMilliseconds}"), within);

    private async Task<AgiReply> OrderAsync(string order, TimeSpan takes)
    {
        using var limit = new CancellationTokenSource(options.AnswerWithin + takes, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(order + "\n"), both.Token);
        for (var read = 0; read < MaxReplyLines; read++)
        {
            if (await lines.ReadAsync(both.Token) is not { } line) throw new AgiProtocolException("The switch closed the connection instead of answering.");
            // Comes between answers at any time; what was asked is still answered.
            if (line == "HANGUP")
            {
                HasHungUp = true;
                continue;
            }

            if (AgiReply.Parse(line) is not { } reply) continue;
            // A wrong use is explained at length, "520-" first and "520 " last.
            if (line.Length > 3 && line[3] == '-') continue;
            if (reply.Code == 511) HasHungUp = true;
            return reply;
        }

        throw new AgiProtocolException("The switch says a lot and answers nothing.");
    }

    // A line break would be another order; AGI's quotes take backslashes before quotes and backslashes.
    private static string Quoted(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || value.Contains('\u007f', StringComparison.Ordinal))
            throw new ArgumentException("A value for the switch holds a control character.", nameof(value));
        return $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
